// The counter: suggestions while typing, everything kept while typing, and what depends on what.

function debounced(work, milliseconds) {
  let waiting;
  return () => { clearTimeout(waiting); waiting = setTimeout(work, milliseconds); };
}

// Suggestions: arrows walk through them, Enter takes the first.
function finder(form) {
  const input = form.querySelector("[name=tim]");
  const found = document.getElementById("found");
  let asked = 0;
  async function ask() {
    const number = (asked += 1);
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.dataset.finder}?${query}`);
    if (answer.ok && number === asked) found.innerHTML = await answer.text();
  }
  input.addEventListener("input", debounced(ask, 120));
  form.addEventListener("change", ask);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask();
    found.querySelector("button")?.click();
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...found.querySelectorAll("button")];
    const here = stops.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
  });
}

// What is typed is kept at once, without a button.
function keep(form) {
  const said = form.querySelector("[data-saved]");
  async function save() {
    if (form.dataset.sent) return;
    const body = new FormData(form);
    body.set("to", "stay");
    for (const name of [...body.keys()]) if (name.startsWith("scan.")) body.delete(name);
    const kept = await fetch(form.action, { method: "POST", body, keepalive: true }).then((answer) => answer.ok, () => false);
    const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    said.textContent = kept ? `${said.dataset.saved} ${time}` : said.dataset.unsaved;
  }
  form.addEventListener("input", debounced(save, 800));
}

// Parts that a tick brings in.
function brings(part) {
  const tick = document.getElementById(part.dataset.shownBy);
  const show = () => { part.hidden = !tick.checked; };
  tick.addEventListener("change", show);
  show();
}

// How many papers that must be there are not.
function count(notice) {
  const papers = [...document.querySelectorAll("[data-paper=hand_in], [data-paper=show]")];
  document.querySelector(".papers").addEventListener("change", () => {
    const missing = papers.filter((paper) => !paper.querySelector("[type=checkbox]").checked).length;
    notice.className = `notice ${missing ? "near" : "ok"}`;
    notice.querySelector("[data-words]").textContent = missing ? notice.dataset.missing.replace("#", missing) : notice.dataset.complete;
  });
}

// The button says what will happen.
function says(words) {
  const form = words.closest("form");
  const show = () => {
    const chosen = form.querySelector("[name='form.decision']:checked");
    const text = chosen && words.dataset[chosen.value];
    if (text) words.textContent = text;
  };
  form.addEventListener("change", show);
  show();
}

document.querySelectorAll("[data-finder]").forEach(finder);
document.querySelectorAll("form[data-kept]").forEach(keep);
document.querySelectorAll("[data-shown-by]").forEach(brings);
document.querySelectorAll("[data-missing]").forEach(count);
document.querySelectorAll("[data-decides]").forEach(says);
