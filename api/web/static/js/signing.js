// Shows how far signing is, until it is over; then the page is loaded again, for what may be done next.

const EVERY = 1500;
const place = document.querySelector("[data-batch-of]");
const said = document.querySelector("[data-said]");

async function look() {
  const answer = await fetch(place.dataset.batchOf, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return wait();
  const text = await answer.text();
  const news = new DOMParser().parseFromString(text, "text/html").querySelector("[data-batch]");
  if (!news || !("running" in news.dataset)) return location.reload();
  place.replaceChildren(document.importNode(news, true));
  said.textContent = news.querySelector("h1").textContent;
  wait();
}

function wait() {
  setTimeout(look, EVERY);
}

wait();
