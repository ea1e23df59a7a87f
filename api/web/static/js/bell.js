// The bell asks now and then whether there is something new. Nothing that is being read moves:
// an open list is filled anew when it is opened again.

const EVERY = 60_000;
const bell = document.querySelector("[data-bell]");
const list = bell?.querySelector("[data-bell-list]");
const count = bell?.querySelector("[data-bell-count]");
const said = bell?.querySelector("[data-bell-said]");
let tag = null;
let total = null;
let waiting = null;

function show(html) {
  list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
}

function tell(now) {
  count.hidden = now === 0;
  count.textContent = now > 99 ? "99+" : String(now);
  if (now > (total ?? Number(sessionStorage.getItem("bell") ?? 0))) said.textContent = said.dataset.new.replace("{n}", now);
  sessionStorage.setItem("bell", String(now));
  total = now;
}

async function ask() {
  if (document.hidden) return;
  const headers = tag ? { "If-None-Match": tag } : {};
  const answer = await fetch(bell.dataset.bell, { headers, cache: "no-store", redirect: "manual" });
  if (!answer.ok) return;
  tag = answer.headers.get("ETag");
  const html = await answer.text();
  tell(Number(/data-total="(\d+)"/.exec(html)?.[1] ?? 0));
  if (bell.open) waiting = html; else show(html);
}

if (bell) {
  const quietly = () => ask().catch(() => {});
  bell.addEventListener("toggle", () => {
    if (!bell.open && waiting) { show(waiting); waiting = null; }
  });
  document.addEventListener("visibilitychange", quietly);
  setInterval(quietly, EVERY);
  quietly();
}
