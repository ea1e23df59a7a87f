// Sends files piece by piece, so that a broken line costs one piece and not the file.
//
// A page needs the macro `macros/upload.html` and this script: each finished file becomes a hidden
// field with its id. Scripts of other pages may `import { send }`, or listen for «uploaded» on the
// field, whose `detail` is what the server said of the file.

const LARGEST = 1 << 20;
const SMALLEST = 1 << 16;
const WAITS = [1000, 2000, 4000, 8000, 15000];
const BYTES = "application/offset+octet-stream";

// What the server says is wrong, in its own words; trying again would not help.
export class Refused extends Error {}

class Broken extends Error {}

// Sends a file and resolves to what the server says of it: {id, name, size, facts}.
// `address` and `token` come from the macro. `told(share, waiting)` hears how far it is.
export async function send(file, { address, token, dossier, told = () => {}, signal } = {}) {
  const line = new Line(address, token, signal);
  const known = `upload:${file.name}:${file.size}:${file.lastModified}`;
  let upload = await line.resumed(sessionStorage.getItem(known), file, told);
  if (!upload) {
    const wanted = { name: file.name, size: file.size, ...(dossier ? { dossier } : {}) };
    upload = await line.patiently(told, () => line.ask("", "POST", JSON.stringify(wanted), "application/json"));
    sessionStorage.setItem(known, upload.id);
  }
  try {
    upload = await pieces(line, upload, file, told);
    return await line.patiently(told, () => line.ask(`/${upload.id}/xong`, "POST"));
  } finally {
    if (!signal?.aborted) sessionStorage.removeItem(known);
  }
}

async function pieces(line, begun, file, told) {
  let [upload, size, failed] = [begun, LARGEST, 0];
  while (upload.received < file.size) {
    told(upload.received / file.size, failed > 0);
    try {
      const piece = file.slice(upload.received, upload.received + size);
      upload = await line.ask(`/${upload.id}`, "PATCH", piece, BYTES, upload.received);
      failed = 0;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      size = Math.max(SMALLEST, size / 2);
      told(upload.received / file.size, true);
      await line.pause(failed++);
      upload = await line.patiently(told, () => line.ask(`/${upload.id}`, "GET"));
    }
  }
  told(1, false);
  return upload;
}

class Line {
  constructor(address, token, signal) {
    Object.assign(this, { address, token, signal });
  }

  // One request. Raises Broken where trying again may help, else Refused.
  async ask(path, method, body, type, offset) {
    const headers = { "X-CSRFToken": this.token, Accept: "application/json" };
    if (type) headers["Content-Type"] = type;
    if (offset !== undefined) headers["Upload-Offset"] = offset;
    let answer;
    try {
      answer = await fetch(this.address + path, { method, body, headers, signal: this.signal });
    } catch (error) {
      if (this.signal?.aborted) throw error;
      throw new Broken();
    }
    return await this.understood(answer);
  }

  async understood(answer) {
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    const said = isJson ? await answer.json() : {};
    if (answer.ok && isJson) return said;
    if (answer.ok || answer.status === 400 || answer.status === 401) throw new Refused("signed out");
    const again = [408, 413, 429, 500, 502, 504].includes(answer.status);
    if (again || said.code === "upload_offset_wrong" || said.code === "unavailable") throw new Broken();
    throw new Refused(said.detail || "");
  }

  // Tries until the line is there again.
  async patiently(told, request) {
    for (let failed = 0; ; failed++) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        told(undefined, true);
        await this.pause(failed);
      }
    }
  }

  // Waits longer each time, but not beyond the moment when the network is back.
  pause(failed) {
    return new Promise((resolve, reject) => {
      const done = () => { clearTimeout(timer); removeEventListener("online", done); resolve(); };
      const timer = setTimeout(done, WAITS[Math.min(failed, WAITS.length - 1)]);
      addEventListener("online", done);
      this.signal?.addEventListener("abort", () => { done(); reject(this.signal.reason); });
    });
  }

  // What was begun before the page was loaded anew, if it is still there.
  async resumed(id, file, told) {
    if (!id) return undefined;
    try {
      const upload = await this.patiently(told, () => this.ask(`/${id}`, "GET"));
      return upload.size === file.size && !upload.taken ? upload : undefined;
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  }
}

// A field of a page: a list of files under it, each with its progress and a way to take it back.
class Field {
  constructor(element) {
    this.element = element;
    this.words = element.dataset;
    this.input = element.querySelector("input[type=file]");
    this.list = element.querySelector("[data-upload-list]");
    this.input.addEventListener("change", () => {
      for (const file of this.input.files) this.take(file);
      this.input.value = "";
    });
    this.input.form?.addEventListener("submit", (event) => this.hold(event));
  }

  take(file) {
    this.hint("");
    if (!this.input.multiple) this.list.querySelectorAll("[data-upload-remove]").forEach((button) => button.click());
    const row = this.row(file.name);
    const leaving = new AbortController();
    const told = (share, waiting) => this.tell(row, share, waiting);
    const { address, token, dossier } = this.words;
    row.element.dataset.sending = "yes";
    row.remove.addEventListener("click", () => { leaving.abort(); this.drop(row); });
    send(file, { address, token, dossier, told, signal: leaving.signal }).then(
      (upload) => this.keep(row, upload),
      (error) => leaving.signal.aborted || this.refuse(row, error),
    );
  }

  row(name) {
    const element = this.element.querySelector("template").content.firstElementChild.cloneNode(true);
    const part = (which) => element.querySelector(`[data-upload-${which}]`);
    part("name").textContent = name;
    part("bar").setAttribute("aria-label", name);
    part("remove").setAttribute("aria-label", `${part("remove").textContent.trim()}: ${name}`);
    this.list.append(element);
    return { element, bar: part("bar"), status: part("status"), remove: part("remove") };
  }

  tell(row, share, waiting) {
    if (share !== undefined) row.bar.value = share;
    const words = waiting ? this.words.waiting : share === 1 ? this.words.examining : this.words.sending;
    if (row.status.textContent !== words) row.status.textContent = words;
  }

  keep(row, upload) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: this.words.name, value: upload.id });
    row.id = upload.id;
    row.element.append(field);
    row.bar.hidden = true;
    this.end(row, "kept", this.words.kept);
    this.element.dispatchEvent(new CustomEvent("uploaded", { detail: upload, bubbles: true }));
  }

  refuse(row, error) {
    row.bar.hidden = true;
    const words = error.message === "signed out" ? this.words.signedOut : error.message;
    this.end(row, "refused", words || this.words.failed);
  }

  end(row, how, words) {
    delete row.element.dataset.sending;
    row.element.dataset.ended = how;
    row.status.textContent = words;
  }

  drop(row) {
    row.element.remove();
    this.input.focus();
    if (row.id) new Line(this.words.address, this.words.token).ask(`/${row.id}`, "DELETE").catch(() => {});
  }

  // The form waits for its files.
  hold(event) {
    const empty = this.input.dataset.needed && !this.list.querySelector("input[type=hidden]");
    if (!empty && !this.list.querySelector("[data-sending]")) return;
    event.preventDefault();
    this.hint(empty ? this.words.choose : this.words.wait);
    this.input.focus();
  }

  hint(words) {
    this.element.querySelector("[data-upload-hint]").textContent = words;
  }
}

document.querySelectorAll("[data-upload]").forEach((element) => new Field(element));
