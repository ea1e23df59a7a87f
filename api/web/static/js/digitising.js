// Pages from the camera and the scanner are arranged into documents, one pile for each component.
// What a page is lies in `pages`, where it lies is where it stands in the document: nothing else
// is remembered, but for a copy in this tab should it be opened anew.

const desk = document.querySelector("[data-digitising]");
const { photo, drawing, cropping, dragging, sender, key } = desk.dataset;
const [{ shrunk }, { draw, loaded, turnedCrop }, { cropper }, { draggable }, { send }] = await Promise.all(
  [photo, drawing, cropping, dragging, sender].map((address) => import(address)),
);
const texts = desk.dataset;
const template = document.getElementById("sheet");
const status = document.getElementById("desk-status");
const ask = cropper(document.getElementById("cropper"), draw);
const pages = new WeakMap();
const THUMB = 320;
const LOOK_MS = 2000;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const piles = () => [...desk.querySelectorAll("[data-pile]")];
const sheetsIn = (pile) => [...pile.querySelectorAll(".sheet")];
const pileOf = (sheet) => sheet.closest("[data-pile]");
const listOf = (pile) => pile.querySelector(".sheets");

function say(text, wrong = false) {
  status.textContent = text;
  status.classList.toggle("late", wrong);
  status.hidden = !text;
}

// Pages on the desk

function put(pile, page) {
  const sheet = template.content.firstElementChild.cloneNode(true);
  pages.set(sheet, { rotation: 0, crop: null, ...page });
  const choice = sheet.querySelector("[data-move]");
  for (const other of piles()) choice.append(new Option(other.dataset.name, other.dataset.pile));
  listOf(pile).append(sheet);
  show(sheet);
}

async function show(sheet) {
  const page = pages.get(sheet);
  try {
    page.picture ??= await loaded(filled(texts.preview, { upload: page.upload, page: page.page + 1 }));
    draw(sheet.querySelector("canvas"), page.picture, page, THUMB);
    sheet.classList.add("shown");
  } catch {
    sheet.classList.add("unshown");
  }
}

function settle() {
  for (const pile of piles()) {
    const sheets = sheetsIn(pile);
    sheets.forEach((sheet, index) => {
      const page = pages.get(sheet);
      const name = filled(texts.page, { number: index + 1 });
      sheet.querySelector(".sheet-name").textContent = name;
      sheet.setAttribute("aria-label", `${name}, ${page.name}`);
      sheet.querySelector("[data-act=earlier]").disabled = index === 0;
      sheet.querySelector("[data-act=later]").disabled = index === sheets.length - 1;
      sheet.querySelector("[data-move]").value = pile.dataset.pile;
    });
    pile.querySelectorAll("[data-count]").forEach((count) => { count.textContent = sheets.length; });
    pile.classList.toggle("empty-pile", sheets.length === 0);
  }
  remember();
}

// What is kept of the arrangement

function kept(sheet) {
  const { upload: number, page, rotation, crop } = pages.get(sheet);
  return { upload: number, page, rotation, crop };
}

function remember() {
  const arranged = Object.fromEntries(piles().map((pile) => [pile.dataset.pile, sheetsIn(pile).map(kept)]));
  sessionStorage.setItem(key, JSON.stringify(arranged));
}

function restore() {
  const arranged = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  const left = new Map(JSON.parse(texts.uploads).map((page) => [`${page.upload}/${page.page}`, page]));
  for (const pile of piles()) {
    for (const page of arranged[pile.dataset.pile] ?? []) {
      const known = left.get(`${page.upload}/${page.page}`);
      if (!known) continue;
      left.delete(`${page.upload}/${page.page}`);
      put(pile, { ...known, ...page });
    }
  }
  const loose = desk.querySelector("[data-pile='']");
  for (const page of left.values()) put(loose, page);
  settle();
}

// Files come in

async function take(pile, files) {
  let done = 0;
  for (const file of files) {
    try {
      let share = 0;
      const told = (part = share, waiting = false) => {
        share = part;
        say(filled(waiting ? texts.waiting : texts.sending, { name: file.name, percent: Math.round(part * 100), number: done + 1, all: files.length }));
      };
      told(0);
      const { id, facts } = await send(await shrunk(file), { address: texts.sendTo, token: texts.csrf, dossier: texts.dossier, told });
      for (let page = 0; page < facts.pages; page += 1) put(pile, { upload: id, page, name: file.name });
      settle();
      done += 1;
    } catch (error) {
      say(`${file.name}: ${error.message || texts.refused}`, true);
      return;
    }
  }
  say(filled(texts.sent, { number: done }));
}

desk.addEventListener("change", async (event) => {
  if (event.target.type === "file") {
    const files = [...event.target.files];
    event.target.value = "";
    await take(event.target.closest("[data-pile]"), files);
  } else if (event.target.matches("[data-move]")) {
    move(event.target.closest(".sheet"), event.target.value);
  }
});

function move(sheet, where) {
  const from = pileOf(sheet);
  const to = desk.querySelector(`[data-pile="${where}"]`);
  const sheets = sheetsIn(from);
  const follow = from.querySelector("[data-following]")?.checked;
  const moving = follow ? sheets.slice(sheets.indexOf(sheet)) : [sheet];
  to.closest("details")?.setAttribute("open", "");
  listOf(to).append(...moving);
  settle();
  say(filled(texts.moved, { number: moving.length, name: to.dataset.name }));
}

// Acts on a page, by button or by key

const ACTS = {
  left(sheet) { for (let turn = 0; turn < 3; turn += 1) ACTS.right(sheet); },
  right(sheet) {
    const page = pages.get(sheet);
    page.rotation = (page.rotation + 90) % 360;
    page.crop = turnedCrop(page.crop);
    show(sheet);
  },
  earlier(sheet) { sheet.previousElementSibling?.before(sheet); },
  later(sheet) { sheet.nextElementSibling?.after(sheet); },
  remove(sheet) {
    const next = sheet.nextElementSibling ?? sheet.previousElementSibling ?? pileOf(sheet).querySelector("input[type=file]");
    sheet.remove();
    next.focus();
  },
  async crop(sheet) {
    const page = pages.get(sheet);
    await show(sheet);
    if (!page.picture) return;
    const box = await ask(page.picture, page);
    if (box === undefined) return;
    page.crop = box;
    show(sheet);
    remember();
  },
};
const KEYS = { ArrowLeft: "earlier", ArrowUp: "earlier", ArrowRight: "later", ArrowDown: "later", r: "right", R: "left", c: "crop", Delete: "remove" };

function act(sheet, name, focused) {
  ACTS[name](sheet);
  settle();
  if (focused.isConnected) (focused.disabled ? sheet : focused).focus();
}

desk.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) act(button.closest(".sheet"), button.dataset.act, button);
});

desk.addEventListener("keydown", (event) => {
  if (!event.target.matches(".sheet") || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  act(event.target, KEYS[event.key], event.target);
});

draggable(desk, { item: ".sheet", list: ".sheets", handle: "[data-grip]", moved: settle });

// Documents are made of piles, on the server; meanwhile one may go on

async function post(address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": texts.csrf };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual" });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.message ?? texts.refused);
}

desk.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-make]");
  if (!button) return;
  const pile = button.closest("[data-pile]");
  const made = sheetsIn(pile);
  if (!made.length) return;
  button.setAttribute("aria-busy", "true");
  try {
    await post(texts.order, { component: pile.dataset.pile, replaces: button.dataset.make || null, pages: made.map(kept) });
    for (const sheet of made) sheet.remove();
    settle();
    say(filled(texts.ordered, { name: pile.dataset.name }));
    await look();
  } catch (error) {
    say(error.message, true);
  }
  button.removeAttribute("aria-busy");
});

// How far they are

let looking;
async function look() {
  clearTimeout(looking);
  const answer = await fetch(texts.state, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (answer?.ok) {
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts.querySelectorAll("[data-state-of]")) {
      const here = desk.querySelector(`[data-state-of="${part.dataset.stateOf}"]`);
      if (here && here.textContent !== part.textContent && !here.contains(document.activeElement)) here.replaceWith(document.importNode(part, true));
    }
  }
  if (desk.querySelector("[data-working]")) looking = setTimeout(look, LOOK_MS);
}

restore();
desk.classList.add("ready");
look();
