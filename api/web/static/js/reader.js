// Turns pages of documents where they stand, so that a form beside them keeps what was typed.

const KEYS = { ArrowLeft: "[rel=prev]", PageUp: "[rel=prev]", ArrowRight: "[rel=next]", PageDown: "[rel=next]", "+": "[data-zoom]", "=": "[data-zoom]", "-": "[data-zoom]" };

async function turn(reader, link) {
  reader.setAttribute("aria-busy", "true");
  const part = new URL(link.href);
  part.searchParams.set("phan", "1");
  const answer = await fetch(part, { headers: { Accept: "text/html" }, redirect: "manual" }).catch(() => null);
  if (!answer?.ok) { location.assign(link.href); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-reader]");
  const focused = reader.contains(document.activeElement);
  reader.replaceWith(document.importNode(fresh, true));
  if (focused) document.querySelector(".reader-page")?.focus({ preventScroll: true });
  ahead();
}

// The next page is fetched while this one is being read.
function ahead() {
  const next = document.querySelector("[data-reader] [rel=next]");
  const shown = document.querySelector(".reader-page img");
  if (next && shown) new Image().src = shown.src.replace(/\/trang\/(\d+)/, (_, page) => `/trang/${Number(page) + 1}`);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-reader] [data-turns]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  turn(link.closest("[data-reader]"), link);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".reader-page") || event.ctrlKey || event.altKey || event.metaKey) return;
  const reader = event.target.closest("[data-reader]");
  const link = KEYS[event.key] && reader.querySelector(KEYS[event.key]);
  const zoomed = event.target.matches(".large");
  if (!link || (zoomed && event.key.startsWith("Arrow")) || (event.key === "-") !== zoomed && "+=-".includes(event.key)) return;
  event.preventDefault();
  turn(reader, link);
});

ahead();
