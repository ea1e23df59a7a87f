// The drawing of a procedure, edited: bpmn-js with what the engine runs, a panel, and lint.

import { Desk, listed } from "./desk.js";
import { offered } from "./offered.js";
import { panel } from "./panel.js";
import { descriptor } from "./properties.js";
import { words } from "./words.js";

const root = document.querySelector("[data-editor]");
const texts = root.dataset;
const modeler = new BpmnJS({
  container: root.querySelector("[data-canvas]"),
  additionalModules: [words, offered],
  moddleExtensions: { spiffworkflow: descriptor },
});
const canvas = modeler.get("canvas");
const registry = modeler.get("elementRegistry");
const overlays = modeler.get("overlays");
const text = async () => (await modeler.saveXML({ format: true })).xml;
const READABLE = 0.7;
const PALETTE = 120;
const MARGIN = 20;

/** The whole drawing where it can be read like that, else its beginning, beside the palette. */
function fit() {
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() >= READABLE) return;
  canvas.zoom(READABLE);
  const { inner, outer } = canvas.viewbox();
  const height = outer.height / READABLE;
  const y = inner.height > height ? inner.y - MARGIN : inner.y + (inner.height - height) / 2;
  canvas.viewbox({ x: inner.x - PALETTE / READABLE, y, width: outer.width / READABLE, height });
}

const answer = await fetch(texts.source, { headers: { Accept: "application/xml" } });
await modeler.importXML(await answer.text());
fit();

const beside = panel(root.querySelector("[data-panel]"), modeler, texts);
const show = listed(root, texts, ({ element }) => beside.choose(element));
let marked = [];

function mark(findings) {
  for (const [id, kind] of marked) if (registry.get(id)) canvas.removeMarker(id, kind);
  overlays.remove({ type: "finding" });
  marked = [];
  for (const { file, element, message, severity } of [...findings].reverse()) {
    const drawn = registry.get(element);
    if (file !== texts.file || !drawn) continue;
    marked.push([element, `mark-${severity}`]);
    canvas.addMarker(element, `mark-${severity}`);
    if (!drawn.waypoints) badge(element, message, severity);
  }
  show(findings);
}

function badge(element, message, severity) {
  const html = document.createElement("span");
  html.className = `finding-mark ${severity}`;
  html.textContent = "!";
  html.title = message;
  overlays.remove({ element, type: "finding" });
  overlays.add(element, "finding", { position: { top: -10, left: -10 }, html });
}

const desk = new Desk(root, text, mark);
modeler.on("commandStack.changed", () => desk.touched());
for (const [name, act] of Object.entries({
  undo: () => modeler.get("commandStack").undo(),
  redo: () => modeler.get("commandStack").redo(),
  fit: () => canvas.zoom("fit-viewport", "auto"),
})) root.querySelector(`[data-act="${name}"]`).addEventListener("click", act);
await desk.look();
if (location.hash) beside.choose(decodeURIComponent(location.hash.slice(1)));
root.dataset.ready = "yes";
