// The paper is printed by the browser.

document.querySelector("[data-prints]")?.addEventListener("click", () => window.print());
