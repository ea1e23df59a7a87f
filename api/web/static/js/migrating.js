// A migration: steps are mapped by clicks on two diagrams, and its progress is watched.

const old = document.querySelector("#old-drawing");
let chosen = null;

old?.addEventListener("diagram:element", ({ detail }) => {
  chosen = document.querySelector(`select[data-step="${CSS.escape(detail)}"]`);
  chosen?.focus();
  mark();
});

document.querySelector("#new-drawing")?.addEventListener("diagram:element", ({ detail }) => {
  const option = chosen?.querySelector(`option[data-step="${CSS.escape(detail)}"]`);
  if (!option) return;
  option.selected = true;
  mark();
});

document.addEventListener("focusin", ({ target }) => {
  if (!target.matches?.("select[data-step]")) return;
  chosen = target;
  mark();
});

document.addEventListener("change", ({ target }) => {
  if (target === chosen) mark();
});

// The old step in hand and the new one that stands for it are marked on both drawings.
function mark() {
  const pairs = [["#old-drawing", chosen?.dataset.step], ["#new-drawing", chosen?.selectedOptions[0]?.dataset.step]];
  for (const [figure, id] of pairs) {
    document.querySelector(figure)?.dispatchEvent(new CustomEvent("diagram:mark", { bubbles: true, detail: { current: id ? [id] : [] } }));
  }
}

const EVERY = 3000;

async function watch() {
  const shown = document.querySelector("[data-at-work]");
  if (!shown) return;
  await new Promise((resolve) => setTimeout(resolve, EVERY));
  const typing = shown.parentElement.contains(document.activeElement);
  if (!document.hidden && !typing) {
    const response = await fetch(shown.dataset.atWork, { headers: { Accept: "text/html" } });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of [shown, document.querySelector("#dossiers-of-migration")]) {
      const now = page.querySelector(`#${part.id}`);
      if (now) part.replaceWith(now);
    }
  }
  watch();
}

watch();
