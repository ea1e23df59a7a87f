// Items of lists are dragged, by mouse or finger, within a list and from one list to another.

const SLOP = 6;
const EDGE = 60;

export function draggable(root, { item, list, handle, moved }) {
  root.addEventListener("pointerdown", (event) => {
    const dragged = event.target.closest(item);
    const by = event.target.closest(handle) || (event.pointerType === "mouse" && !event.target.closest("button, select, input, label"));
    if (!dragged || !by || event.button !== 0) return;
    const start = { x: event.clientX, y: event.clientY };
    let dragging = false;

    const move = (now) => {
      if (!dragging && Math.hypot(now.clientX - start.x, now.clientY - start.y) < SLOP) return;
      if (!dragging) { dragging = true; dragged.classList.add("dragged"); }
      if (now.clientY < EDGE) scrollBy(0, -12);
      if (now.clientY > innerHeight - EDGE) scrollBy(0, 12);
      place(dragged, now.clientX, now.clientY);
      now.preventDefault();
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, end);
      if (!dragging) return;
      dragged.classList.remove("dragged");
      moved(dragged);
    };
    document.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
    if (event.pointerType === "mouse") event.preventDefault();
  });

  function place(dragged, x, y) {
    const under = document.elementFromPoint(x, y);
    const over = under?.closest(item);
    if (over && over !== dragged && root.contains(over)) {
      const seen = over.getBoundingClientRect();
      const beside = seen.width < over.parentElement.clientWidth / 2;
      const after = beside ? x > seen.left + seen.width / 2 : y > seen.top + seen.height / 2;
      over.parentElement.insertBefore(dragged, after ? over.nextElementSibling : over);
      return;
    }
    const into = under?.closest("[data-pile]")?.querySelector(list);
    if (into && !over && !into.contains(dragged)) into.append(dragged);
  }
}
