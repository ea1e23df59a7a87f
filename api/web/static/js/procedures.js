// The list of procedures follows what is typed and chosen, without a button.

const form = document.querySelector("[data-list]");
const found = document.getElementById(form.dataset.list);
const files = document.querySelectorAll("[data-export]");
let asked = 0;
let waiting;

async function ask() {
  const number = (asked += 1);
  const query = new URLSearchParams(new FormData(form));
  const answer = await fetch(`${form.action}?phan=1&${query}`);
  if (!answer.ok || number !== asked) return;
  found.innerHTML = await answer.text();
  history.replaceState(null, "", `${form.getAttribute("action")}?${query}`);
  for (const link of files) link.href = `${form.getAttribute("action")}/xuat?dang=${link.dataset.export}&${query}`;
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 120);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
