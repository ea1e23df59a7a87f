// A decision table, edited: dmn-js with the cells as our expressions have them, and lint.

import "./styles.js";
import { Desk, listed } from "./desk.js";
import { words } from "./words.js";

const root = document.querySelector("[data-editor]");
const texts = root.dataset;
const EXPRESSIONS = { options: [{ value: "motcua", label: texts.expression }], defaults: { editor: "motcua" } };
const modeler = new DmnJS({
  container: root.querySelector("[data-canvas]"),
  common: { additionalModules: [words], expressionLanguages: EXPRESSIONS },
  decisionTable: { additionalModules: [words] },
});
const text = async () => (await modeler.saveXML({ format: true })).xml;

const answer = await fetch(texts.source, { headers: { Accept: "application/xml" } });
await modeler.importXML(await answer.text());
await modeler.open(modeler.getViews().find(({ type }) => type === "decisionTable"));

const rows = () => [...root.querySelectorAll(".tjs-table tbody tr")].filter((row) => row.querySelector(".rule-index"));

/** The rows that a finding is about: it names them by their numbers. */
function rowsOf({ element, message }) {
  const numbers = `${element} ${message}`.matchAll(/dòng (\d+)/gi);
  return [...numbers].map(([, number]) => rows()[Number(number) - 1]).filter(Boolean);
}

function go(finding) {
  const [row] = rowsOf(finding);
  row?.scrollIntoView({ block: "nearest" });
  row?.querySelector("[contenteditable]")?.focus();
}

const show = listed(root, texts, go);
const desk = new Desk(root, text, (findings) => {
  for (const row of rows()) row.classList.remove("row-error", "row-warning");
  const here = findings.filter(({ file }) => file === texts.file);
  for (const finding of here) for (const row of rowsOf(finding)) row.classList.add(`row-${finding.severity}`);
  show(findings);
});
modeler.getActiveViewer().on("commandStack.changed", () => desk.touched());
await desk.look();
root.dataset.ready = "yes";
