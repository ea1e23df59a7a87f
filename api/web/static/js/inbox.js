// The list of tasks by keyboard, choosing many, loading more, and finding one's place again.

const form = document.querySelector("[data-tasks]");
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const place = `tasks:${location.pathname}${location.search}`;
const rows = () => [...document.querySelectorAll("[data-task]")];
const rowOf = (element) => element?.closest("[data-task]");
const linkOf = (row) => row.querySelector(".task-first a");
const boxOf = (row) => row.querySelector("input[type=checkbox]");
const chosen = () => rows().filter((row) => boxOf(row).checked);

// How many are chosen is said where the buttons are, which are there once something is.
function showChosen() {
  const count = form.querySelector("[data-chosen]");
  const n = chosen().length;
  form.querySelector(".bulk").hidden = n === 0;
  count.textContent = count.dataset.one.replace("{n}", n);
}

function move(step) {
  const all = rows();
  const at = all.indexOf(rowOf(document.activeElement));
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  if (!all[to]) return;
  linkOf(all[to]).focus({ preventScroll: true });
  all[to].scrollIntoView({ block: "nearest" });
}

function press(name) {
  const row = rowOf(document.activeElement);
  const button = chosen().length ? form.querySelector(`[data-bulk=${name}]`)
    : row?.querySelector(name === "claim" ? "[data-claim]" : "[data-hand]");
  button?.click();
}

function toggle() {
  const row = rowOf(document.activeElement);
  if (row) boxOf(row).click();
}

const KEYS = {
  j: () => move(1), k: () => move(-1), x: toggle, c: () => press("claim"), a: () => press("assign"),
  "?": () => document.getElementById("keys").showModal(),
};

// Keys of one letter may be turned off: speech recognition would type them.
const keys = document.querySelector("[data-keys]");
keys.checked = localStorage.getItem("keys") !== "off";
keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !keys.checked) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
  if (!KEYS[event.key] || (event.key !== "?" && !form)) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("click", (event) => {
  document.querySelectorAll(".chooser[open]").forEach((details) => {
    if (!details.contains(event.target)) details.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".chooser[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

let loaded = 0;
async function more(link) {
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href);
  if (!answer.ok || answer.redirected) { location.assign(link.href); return; }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = [...page.querySelectorAll("[data-task]")];
  const known = new Set(rows().map((row) => row.dataset.task));
  const list = form.querySelector(".tasks");
  fresh.filter((row) => !known.has(row.dataset.task)).forEach((row) => list.append(row));
  const next = page.querySelector("[data-more]");
  if (next) link.parentElement.replaceChildren(next); else link.parentElement.remove();
  const said = form.querySelector("[data-said]");
  said.textContent = said.dataset.moreSaid.replace("{n}", fresh.length);
  loaded += 1;
  return fresh[0];
}

function remember() {
  const row = rowOf(document.activeElement);
  const kept = {
    row: row?.dataset.task, at: rows().indexOf(row), y: scrollY, loaded,
    chosen: chosen().map((each) => each.dataset.task),
  };
  sessionStorage.setItem(place, JSON.stringify(kept));
}

// The list is as it was left: as long, as far down, at the same task, with the same chosen.
async function restore() {
  const kept = JSON.parse(sessionStorage.getItem(place) || "null");
  if (!kept) return;
  for (let page = 0; page < Math.min(kept.loaded, 10); page += 1) {
    const link = form.querySelector("[data-more]");
    if (link) await more(link);
  }
  const all = rows();
  for (const row of all) boxOf(row).checked = kept.chosen.includes(row.dataset.task);
  showChosen();
  const row = all.find((each) => each.dataset.task === kept.row) || all[Math.min(kept.at, all.length - 1)];
  if (kept.at >= 0 && row) linkOf(row).focus({ preventScroll: true });
  scrollTo(0, kept.y);
}

if (form) {
  form.addEventListener("change", showChosen);
  form.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-more]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const first = await more(link);
      if (first) linkOf(first).focus({ preventScroll: true });
    }
    if (event.target.closest("[data-clear]")) {
      chosen().forEach((row) => { boxOf(row).checked = false; });
      showChosen();
      move(0);
    }
  });
  form.querySelector("[data-clear]").hidden = false;
  addEventListener("pagehide", remember);
  showChosen();
  restore();
}
