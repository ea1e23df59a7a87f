// Steps through a dossier's life without loading the page again: by keys, the slider, the time
// line, or by itself. Without it every step is a link.

const EVERY = 1500;
const here = location.pathname;
const slider = document.getElementById("slider");
const stages = document.getElementById("stages");
const proof = document.getElementById("proof");
const play = document.querySelector("[data-play]");
const kept = new Map();
let wanted = moment().number;
let timer;

function moment() {
  const { number, total, drawings } = document.getElementById("moment").dataset;
  return { number: Number(number), total: Number(total), drawings: JSON.parse(drawings || "[]") };
}

async function ask(number) {
  if (!kept.has(number)) {
    kept.set(number, fetch(`${here}/${number}`, { headers: { Accept: "text/html" } }).then((answer) => {
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      return answer.text();
    }));
  }
  return kept.get(number);
}

async function go(number, past = "replaceState") {
  const { total } = moment();
  wanted = Math.min(Math.max(number, 1), total);
  const asked = wanted;
  slider.value = asked;
  let html;
  try {
    html = await ask(asked);
  } catch {
    location.assign(`?buoc=${asked}`);
    return;
  }
  if (asked !== wanted) return;
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("moment");
  document.getElementById("moment").replaceWith(document.adoptNode(found));
  history[past](null, "", `?buoc=${asked}`);
  show();
  if (asked < total) ask(asked + 1).catch(() => kept.delete(asked + 1));
}

/** Brings everything around the moment in line with it. */
function show() {
  const { number, total } = moment();
  slider.value = number;
  slider.setAttribute("aria-valuetext", document.getElementById("moment-title")?.textContent || "");
  document.querySelector("output[for=slider]").textContent = `${number} / ${total}`;
  const steps = { Home: 1, ArrowLeft: Math.max(number - 1, 1), ArrowRight: Math.min(number + 1, total), End: total };
  for (const [key, step] of Object.entries(steps)) {
    const link = document.querySelector(`[data-step="${key}"]`);
    link.href = `?buoc=${step}`;
    if (step === number) link.setAttribute("aria-disabled", "true"); else link.removeAttribute("aria-disabled");
  }
  document.querySelector(".days [aria-current]")?.removeAttribute("aria-current");
  const line = document.querySelector(`.days a[data-number="${number}"]`);
  if (line) { line.setAttribute("aria-current", "step"); intoView(line); }
  draw();
}

function intoView(line) {
  const box = document.querySelector(".days");
  const top = line.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (top < 0 || top > box.clientHeight - 60) box.scrollTop += top - box.clientHeight / 2;
}

/** Marks the procedure's drawing, and shows those of the stages that the dossier is in. */
function draw() {
  const { drawings } = moment();
  const names = new Set(drawings.map(({ name }) => name));
  for (const figure of stages.children) figure.hidden = !names.has(figure.dataset.name);
  const main = document.getElementById("drawing");
  main.hidden = drawings.length > 0 && drawings.every(({ title }) => title);
  for (const { name, title, current, waiting, done } of drawings) {
    const figure = title ? stage(name, title) : main;
    figure.dispatchEvent(new CustomEvent("diagram:mark", { detail: { current, waiting, done }, bubbles: true }));
  }
}

function stage(name, title) {
  const known = [...stages.children].find((figure) => figure.dataset.name === name);
  if (known) return known;
  const figure = document.createElement("figure");
  const { zoomIn, zoomOut, fit } = document.getElementById("drawing").dataset;
  figure.className = "diagram strip";
  Object.assign(figure.dataset, { name, zoomIn, zoomOut, fit, diagram: stages.dataset.source.replace(/0$/, name) });
  const caption = document.createElement("figcaption");
  caption.textContent = `${stages.dataset.words}: ${title}`;
  figure.append(caption);
  stages.append(figure);
  figure.dispatchEvent(new CustomEvent("diagram:added", { bubbles: true }));
  return figure;
}

function pause() {
  clearInterval(timer);
  timer = undefined;
  play.setAttribute("aria-pressed", "false");
}

play.hidden = false;
play.addEventListener("click", () => {
  if (timer) { pause(); return; }
  play.setAttribute("aria-pressed", "true");
  if (wanted >= moment().total) go(1);
  timer = setInterval(() => {
    if (wanted >= moment().total) pause(); else go(wanted + 1);
  }, EVERY);
});

const KEYS = { ArrowLeft: () => wanted - 1, ArrowRight: () => wanted + 1, Home: () => 1, End: () => moment().total };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(event.key in KEYS) || (event.target !== slider && event.target.closest("input, textarea, select, dialog"))) return;
  event.preventDefault();
  pause();
  go(KEYS[event.key]());
});

slider.addEventListener("input", () => { pause(); go(Number(slider.value)); });
slider.form.querySelector("[data-without-script]").hidden = true;

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a[data-step], .days a[data-number]");
  if (!link) return;
  event.preventDefault();
  pause();
  go(Number(new URL(link.href).searchParams.get("buoc")), "pushState");
});
window.addEventListener("popstate", () => {
  go(Number(new URLSearchParams(location.search).get("buoc")) || moment().total);
});

document.querySelector("[data-verify]")?.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const button = event.currentTarget;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.href);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("verdict");
    if (!found) throw new Error(answer.status);
    proof.replaceChildren(document.adoptNode(found));
    proof.scrollIntoView({ block: "nearest" });
  } catch {
    location.assign(button.href);
  }
  button.removeAttribute("aria-busy");
});

show();
