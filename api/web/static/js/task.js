// A task's form: drafts save themselves, and the button says what will be decided.

const form = document.getElementById("task-form");
const WAIT = 1500;
let timer;
let sending = false;
let again = false;

function say(text) {
  form.querySelector("[data-draft-status]").textContent = text;
}

async function save() {
  if (form.dataset.sent) return;
  if (sending) { again = true; return; }
  sending = true;
  const body = new FormData(form);
  body.delete("once");
  [...body.keys()].filter((name) => name.startsWith("signing.")).forEach((name) => body.delete(name));
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" },
    });
    const type = answer.headers.get("Content-Type") || "";
    say(type.startsWith("application/json") ? (await answer.json()).message : "");
  } catch {
    say("");
  }
  sending = false;
  if (again) { again = false; later(); }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
}

function nameDecision(button) {
  const words = button.querySelector("span");
  const usual = words.textContent;
  form.addEventListener("change", () => {
    const chosen = form.querySelector('[name="form.decision"]:checked');
    const label = chosen?.closest("label").textContent.trim();
    words.textContent = label ? `${button.dataset.label}: ${label}` : usual;
  });
  form.dispatchEvent(new Event("change"));
}

const button = form?.querySelector("[data-completes]");
if (button) {
  nameDecision(button);
  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(timer));
}
