// What every page does: everything works without it too.

// A pressed button says so and cannot be pressed twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if ((form.method || "get") !== "post") return;
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Coming back with the browser's button, the page may be used again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-focus]")?.focus();
  const back = document.querySelector("[data-back]");
  if (back && history.length > 1) {
    back.hidden = false;
    back.addEventListener("click", (event) => { event.preventDefault(); history.back(); });
  }
});

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

// «/» goes to the search; Escape closes an open menu.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !typing(event.target) && localStorage.getItem("keys") !== "off") {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.select(); search.focus(); }
  }
  if (event.key === "Escape") {
    const open = document.querySelector("details.me[open], details.bell[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.me[open], details.bell[open]").forEach((details) => {
    if (!details.contains(event.target)) details.open = false;
  });
});

// Buttons that open a dialog of the page, and those that close it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
});
