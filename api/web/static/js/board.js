// The board: choosing an agency goes there at once, ticked dossiers are counted, steps of a drawing
// lead to what waits there. Everything works without it.

document.querySelectorAll("select[data-goes]").forEach((select) => {
  select.form.querySelector("button")?.classList.add("visually-hidden");
  select.addEventListener("change", () => select.form.requestSubmit());
});

document.querySelectorAll("[data-ticking]").forEach((bar) => {
  const ticks = [...bar.closest("form").querySelectorAll("input[name=dossier]")];
  const all = bar.querySelector("[data-all]");
  const words = bar.querySelector("[data-count]");
  const buttons = bar.querySelectorAll("button");
  const count = () => {
    const number = ticks.filter((tick) => tick.checked).length;
    words.textContent = number ? words.dataset.some.replace("{}", number) : words.dataset.none;
    buttons.forEach((button) => { button.disabled = !number; });
    all.querySelector("input").checked = number > 0 && number === ticks.length;
    all.querySelector("input").indeterminate = number > 0 && number < ticks.length;
  };
  all.hidden = false;
  all.addEventListener("change", (event) => {
    ticks.forEach((tick) => { tick.checked = event.target.checked; });
    count();
  });
  bar.closest("form").addEventListener("change", count);
  window.addEventListener("pageshow", count);
  count();
});

document.querySelectorAll("[data-links]").forEach((map) => {
  const links = JSON.parse(map.dataset.links);
  map.addEventListener("diagram:element", ({ detail }) => {
    if (links[detail]) location.assign(links[detail]);
  });
});
