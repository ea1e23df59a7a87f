// Writes a page that shows one BPMN diagram with bpmn-js, watermark included.
// Usage: see README.md beside this file.
import { readFileSync, writeFileSync } from "node:fs";

const [diagram, page, width, height] = process.argv.slice(2);
const dist = "node_modules/bpmn-js/dist";
const read = (path) => readFileSync(path, "utf8");
const literal = (text) => JSON.stringify(text).replace(/</g, "\\u003c");
const styles = ["diagram-js", "bpmn-js"].map((name) => read(`${dist}/assets/${name}.css`));

writeFileSync(
  page,
  `<!doctype html><meta charset="utf-8">
<style>${styles.join("\n")}
body { margin: 0; background: #fff }
#canvas { width: ${width}px; height: ${height}px }</style>
<div id="canvas"></div>
<script>${read(`${dist}/bpmn-viewer.production.min.js`)}</script>
<script>
const viewer = new BpmnJS({ container: "#canvas", textRenderer: {
  defaultStyle: { fontFamily: "DejaVu Sans, Arial, sans-serif" } } });
viewer.importXML(${literal(read(diagram))}).then(() => {
  const canvas = viewer.get("canvas"), { x, y, width, height } = canvas.viewbox().inner;
  canvas.viewbox({ x: x - 30, y: y - 25, width: width + 60, height: height + 75 });
});
</script>`,
);
