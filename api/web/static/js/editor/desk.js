// What drawing and tables have in common: the text is looked over while one works, saved with the
// revision that it was made from, and nothing of it is lost.

const QUIET_MS = 600;

/** A file of a draft on the desk. `current()` gives its text as it is now, `found(findings)` hears
 * what is wrong with it. */
export class Desk {
  constructor(root, current, found) {
    this.texts = root.dataset;
    this._current = current;
    this._found = found;
    this._revision = root.dataset.revision;
    this._asked = 0;
    this._dirty = false;
    this._status = root.querySelector("[data-status]");
    this._stale = document.getElementById("stale");
    this._button = root.querySelector("[data-save-button]");
    this._button?.addEventListener("click", () => this.save());
    document.querySelectorAll("[data-download]").forEach((each) => each.addEventListener("click", () => this.download()));
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.save();
      }
    });
    window.addEventListener("beforeunload", (event) => { if (this._dirty) event.preventDefault(); });
  }

  /** The text is not any more what was saved. */
  touched() {
    this._dirty = true;
    this._say(this.texts.unsaved);
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.look(), QUIET_MS);
  }

  async look() {
    const asked = ++this._asked;
    const answer = await this._send("POST", this.texts.lint, await this._files()).catch(() => null);
    if (asked !== this._asked) return;
    if (answer?.ok) this._found((await answer.json()).findings);
    else this._say(this.texts.unreached, true);
  }

  async save() {
    if (!this._button || this._button.disabled) return;
    this._button.disabled = true;
    this._say(this.texts.saving);
    const text = await this._current();
    const answer = await this._send("PUT", this.texts.save, { text }, { "If-Match": this._revision }).catch(() => null);
    this._button.disabled = false;
    if (answer?.ok) this._saved(text, await answer.json());
    else if (answer?.status === 412 || answer?.status === 409) this._refused(await answer.json());
    else this._say(answer ? (await answer.json().catch(() => ({}))).detail || this.texts.unreached : this.texts.unreached, true);
  }

  async download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await this._current()], { type: "application/xml" }));
    link.download = this.texts.file.split("/").pop();
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async _saved(text, { revision }) {
    this._revision = revision;
    this._dirty = (await this._current()) !== text;
    this._say(this._dirty ? this.texts.unsaved : this.texts.saved);
  }

  _refused({ detail }) {
    this._say(detail, true);
    this._stale.querySelector("[data-reason]").textContent = detail;
    this._stale.showModal();
  }

  async _files() {
    return { files: { [this.texts.file]: await this._current() } };
  }

  _send(method, address, body, headers = {}) {
    return fetch(address, {
      method,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.texts.csrf, ...headers },
      body: JSON.stringify(body),
    });
  }

  _say(text, wrong = false) {
    this._status.textContent = text;
    this._status.classList.toggle("late", wrong);
  }
}

/** The list of findings: each leads to the place it speaks of, if `go(finding)` finds it here. */
export function listed(root, texts, go) {
  const list = root.querySelector("[data-findings]");
  const count = root.querySelector("[data-count]");
  return (findings) => {
    count.textContent = findings.length ? texts.someFindings.replace("{n}", findings.length) : texts.noFindings;
    count.className = `badge ${findings.some(({ severity }) => severity === "error") ? "late" : findings.length ? "near" : "done"}`;
    list.replaceChildren(...findings.map((finding) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = `finding ${finding.severity}`;
      const where = [finding.file === texts.file ? "" : finding.file, finding.element, finding.line ? `${texts.line} ${finding.line}` : ""];
      const kind = document.createElement("strong");
      kind.textContent = finding.severity === "error" ? texts.error : texts.warning;
      const place = document.createElement("span");
      place.className = "soft small";
      place.textContent = where.filter(Boolean).join(" · ");
      button.append(kind, ` ${finding.message} `, place);
      button.addEventListener("click", () => go(finding));
      item.append(button);
      return item;
    }));
  };
}
