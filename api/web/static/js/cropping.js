// The dialog in which a page is cut: by dragging corners, or by numbers.

const EDGES = ["left", "top", "right", "bottom"];
const LEAST = 0.02;

// Asks how to cut: gives the box, null for the whole page, undefined where one thought better of it.
export function cropper(dialog, draw) {
  const canvas = dialog.querySelector("canvas");
  const frame = dialog.querySelector("[data-box]");
  const fields = Object.fromEntries(EDGES.map((edge) => [edge, dialog.querySelector(`[name=${edge}]`)]));
  let box;

  // Number fields count from the edge that they name, in hundredths of the page.
  const shown = (edge) => Math.round((edge === "left" || edge === "top" ? box[edge] : 1 - box[edge]) * 100);

  function show(except) {
    for (const edge of EDGES) if (fields[edge] !== except) fields[edge].value = shown(edge);
    frame.style.left = `${box.left * 100}%`;
    frame.style.top = `${box.top * 100}%`;
    frame.style.width = `${(box.right - box.left) * 100}%`;
    frame.style.height = `${(box.bottom - box.top) * 100}%`;
  }

  function pull(edge, to) {
    const least = { left: 0, top: 0, right: box.left + LEAST, bottom: box.top + LEAST }[edge];
    const most = { left: box.right - LEAST, top: box.bottom - LEAST, right: 1, bottom: 1 }[edge];
    box[edge] = Math.min(Math.max(to, least), most);
  }

  for (const edge of EDGES) {
    fields[edge].addEventListener("input", () => {
      const hundredths = Number(fields[edge].value) / 100;
      pull(edge, edge === "left" || edge === "top" ? hundredths : 1 - hundredths);
      show(fields[edge]);
    });
  }

  frame.addEventListener("pointerdown", (event) => {
    const corner = event.target.closest("[data-corner]")?.dataset.corner;
    const start = { x: event.clientX, y: event.clientY, box: { ...box } };
    frame.setPointerCapture(event.pointerId);
    event.preventDefault();
    const move = (moved) => {
      const across = (moved.clientX - start.x) / canvas.clientWidth;
      const down = (moved.clientY - start.y) / canvas.clientHeight;
      if (corner) for (const edge of corner.split(" ")) pull(edge, start.box[edge] + (edge === "left" || edge === "right" ? across : down));
      else slide(start.box, across, down);
      show();
    };
    frame.addEventListener("pointermove", move);
    frame.addEventListener("lostpointercapture", () => frame.removeEventListener("pointermove", move), { once: true });
  });

  function slide(from, across, down) {
    const x = Math.min(Math.max(across, -from.left), 1 - from.right);
    const y = Math.min(Math.max(down, -from.top), 1 - from.bottom);
    box = { left: from.left + x, top: from.top + y, right: from.right + x, bottom: from.bottom + y };
  }

  return (picture, { rotation, crop }) => new Promise((resolve) => {
    box = crop ? { ...crop } : { left: 0, top: 0, right: 1, bottom: 1 };
    draw(canvas, picture, { rotation, crop: null }, 900);
    show();
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      const whole = dialog.returnValue === "whole" || EDGES.every((edge) => shown(edge) === 0);
      resolve({ cut: whole ? null : box, whole: null }[dialog.returnValue]);
    }, { once: true });
  });
}
