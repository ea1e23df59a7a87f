// Draws BPMN diagrams and marks places in them.
//
// <figure class="diagram" data-diagram="ADDRESS OF THE BPMN XML"
//         data-marks='{"current": ["id"], "done": ["id"]}' data-notes='[{"element": "id", "text": "12", "tone": "late"}]'>
//
// A click on an element sends the event "diagram:element" with its id as detail. The figure's
// caption or a table beside it must say the same in words.
//
// Other scripts talk to a figure by events, for a module imported again would draw twice:
// "diagram:added" for one that was put into the page later, "diagram:mark" with marks as detail.

const drawn = new WeakMap();

/** The viewer of a figure, once it is drawn. */
export function viewerOf(figure) {
  if (!drawn.has(figure)) drawn.set(figure, draw(figure));
  return drawn.get(figure);
}

async function draw(figure) {
  const canvas = document.createElement("div");
  canvas.className = "diagram-canvas";
  figure.prepend(canvas);
  const response = await fetch(figure.dataset.diagram, { headers: { Accept: "application/xml" } });
  if (!response.ok) throw new Error(`${figure.dataset.diagram}: ${response.status}`);
  const viewer = new BpmnJS({ container: canvas });
  await viewer.importXML(await response.text());
  fit(viewer);
  addControls(figure, viewer);
  mark(viewer, JSON.parse(figure.dataset.marks || "{}"));
  note(viewer, JSON.parse(figure.dataset.notes || "[]"));
  viewer.on("element.click", ({ element }) => {
    figure.dispatchEvent(new CustomEvent("diagram:element", { detail: element.id, bubbles: true }));
  });
  figure.dataset.drawn = "yes";
  return viewer;
}

function fit(viewer) {
  viewer.get("canvas").zoom("fit-viewport", "auto");
}

const marked = new WeakMap();

/** Marks elements, in place of all marks before: {"current": [ids], "done": [ids]}. */
export function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  for (const [kind, ids] of Object.entries(marked.get(viewer) || {})) {
    for (const id of ids) if (viewer.get("elementRegistry").get(id)) canvas.removeMarker(id, `mark-${kind}`);
  }
  marked.set(viewer, marks);
  for (const [kind, ids] of Object.entries(marks)) {
    for (const id of ids) if (viewer.get("elementRegistry").get(id)) canvas.addMarker(id, `mark-${kind}`);
  }
}

/** Puts short texts at elements: [{"element": id, "text": "12", "tone": "late"}]. */
export function note(viewer, notes) {
  const overlays = viewer.get("overlays");
  overlays.clear();
  for (const { element, text, tone } of notes) {
    if (!viewer.get("elementRegistry").get(element)) continue;
    const html = document.createElement("span");
    html.className = `badge ${tone || "info"} diagram-note`;
    html.textContent = text;
    overlays.add(element, { position: { top: -12, right: 24 }, scale: { min: 0.8, max: 1.2 }, html });
  }
}

function addControls(figure, viewer) {
  const labels = figure.dataset;
  const bar = document.createElement("div");
  bar.className = "diagram-controls";
  const zoom = viewer.get("zoomScroll");
  for (const [sign, label, act] of [
    ["+", labels.zoomIn, () => zoom.stepZoom(1)],
    ["−", labels.zoomOut, () => zoom.stepZoom(-1)],
    ["⤢", labels.fit, () => fit(viewer)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", act);
    bar.append(button);
  }
  figure.prepend(bar);
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    viewerOf(target).catch(() => { target.dataset.failed = "yes"; });
  }
});
document.querySelectorAll("[data-diagram]").forEach((figure) => seen.observe(figure));

document.addEventListener("diagram:added", ({ target }) => seen.observe(target));
document.addEventListener("diagram:mark", ({ target, detail }) => {
  target.dataset.marks = JSON.stringify(detail);
  drawn.get(target)?.then((viewer) => mark(viewer, detail)).catch(() => {});
});
