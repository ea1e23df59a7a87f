// The panel beside the drawing. Its fields are HTML of the page; each says with `data-bind` what it
// shows ("prop:stage", "attr:name") and with `data-for` of the section around it for which elements.

import { stores } from "./properties.js";

const GENERATED = /^(Activity|Gateway|Event|Flow|Lane|Participant)_[0-9a-z]{7}$/;
const ID = /^[a-z][a-z0-9_]{0,63}$/;
const definition = (element) => element.businessObject.eventDefinitions?.[0]?.$type || "";
const nameOf = (element) => element.businessObject.name || element.id;

/** What an element is to the panel: its type, and what several types have in common. */
function kinds(element) {
  const found = new Set([element.type]);
  const catches = /^bpmn:(IntermediateCatchEvent|BoundaryEvent|StartEvent)$/.test(element.type);
  if (definition(element) === "bpmn:TimerEventDefinition") found.add("timer");
  if (definition(element) === "bpmn:MessageEventDefinition" || element.type === "bpmn:ReceiveTask") found.add("message");
  if ((catches && element.type !== "bpmn:StartEvent") || element.type === "bpmn:ReceiveTask") found.add("wait");
  if (/^bpmn:(Exclusive|Inclusive)Gateway$/.test(element.type) && element.outgoing.length > 1) found.add("choice");
  if (!/^bpmn:(SequenceFlow|Collaboration|TextAnnotation|Association)$/.test(element.type)) found.add("node");
  if (element.type === "bpmn:SequenceFlow" && kinds(element.source).has("choice")) found.add("way");
  return found;
}

/** An id that staff's own words give: "Thẩm tra hồ sơ" → tham_tra_ho_so. */
export function idFrom(name) {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 48);
}

const value = {
  read(field) {
    if (field.dataset.kind === "limit") {
      const [amount, unit] = field.querySelectorAll("input, select");
      if (unit.value === "same_day") return "same_day";
      return amount.value.trim() ? `${amount.value.trim().replace(",", ".")} ${unit.value}` : "";
    }
    if (field.dataset.kind === "list") return [...field.querySelectorAll("input:checked")].map((each) => each.value).join(",");
    return field.type === "checkbox" ? (field.checked ? "true" : "") : field.value.trim();
  },
  show(field, text) {
    if (field.dataset.kind === "limit") {
      const [amount, unit] = field.querySelectorAll("input, select");
      const [number, name] = text === "same_day" ? ["1", "same_day"] : text.trim().split(/\s+/);
      amount.value = number || "";
      unit.value = name || unit.options[0].value;
    } else if (field.dataset.kind === "list") {
      const chosen = text.split(",").map((each) => each.trim());
      for (const box of field.querySelectorAll("input")) box.checked = chosen.includes(box.value);
    } else if (field.type === "checkbox") field.checked = text === "true";
    else {
      if (field.options && ![...field.options].some((each) => each.value === text)) field.append(new Option(text, text));
      field.value = text;
    }
  },
};

/** Fills the panel with the element that is chosen, and the outline with all there are. */
export function panel(root, modeler, texts) {
  const registry = modeler.get("elementRegistry");
  const modeling = modeler.get("modeling");
  const selection = modeler.get("selection");
  const kept = stores(modeler);
  const outline = root.querySelector("[data-outline]");
  const sections = [...root.querySelectorAll("[data-for]")];
  const ways = root.querySelector("[data-ways]");
  const wayOf = document.getElementById("way");
  const shared = JSON.parse(root.dataset.sharedSteps);
  let shown = null;

  const drawn = () => registry.filter((each) => !each.labelTarget && each.parent && kinds(each).has("node"));
  const steps = () => [
    ...drawn().filter((each) => each.type === "bpmn:UserTask" && each !== shown).map((each) => [each.id, nameOf(each)]),
    ...shared,
  ];
  const choices = { steps, lanes: () => kept.lane.choices().map((name) => [name, name]) };

  function offer(field) {
    const offered = choices[field.dataset.choices]();
    if (field.dataset.kind !== "list") {
      field.replaceChildren(new Option("—", ""), ...offered.map(([id, name]) => new Option(name, id)));
      return;
    }
    const boxes = offered.map(([id, name]) => {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: id });
      label.className = "check";
      label.append(box, name);
      return label;
    });
    field.querySelector("[data-boxes]").replaceChildren(...boxes);
  }

  function fill(field) {
    const [kind, name] = field.dataset.bind.split(":");
    if (field.dataset.choices) offer(field);
    value.show(field, kept[kind].read(shown, name));
  }

  function change(field) {
    const [kind, name] = field.dataset.bind.split(":");
    const text = value.read(field);
    if (kind === "attr" && name === "id") return rename(field, text);
    if (text === kept[kind].read(shown, name)) return;
    kept[kind].write(shown, name, text);
    if (kind === "attr" && name === "name") nameId(shown, text);
  }

  function rename(field, id) {
    const wrong = !ID.test(id) || (id !== shown.id && registry.get(id));
    field.setCustomValidity(wrong ? texts.badId : "");
    if (wrong) field.reportValidity();
    else if (id !== shown.id) modeling.updateProperties(shown, { id });
  }

  function nameId(element, name) {
    const id = idFrom(name);
    if (GENERATED.test(element.id) && ID.test(id) && !registry.get(id)) modeling.updateProperties(element, { id });
  }

  function showWays() {
    ways.replaceChildren(...shown.outgoing.map((flow) => {
      const row = wayOf.content.firstElementChild.cloneNode(true);
      const [name, condition, standard] = row.querySelectorAll("input");
      row.querySelector("legend").textContent = `→ ${nameOf(flow.target)}`;
      name.value = flow.businessObject.name || "";
      condition.value = kept.condition.read(flow);
      standard.checked = shown.businessObject.default === flow.businessObject;
      condition.disabled = standard.checked;
      name.addEventListener("change", () => kept.attr.write(flow, "name", name.value.trim()));
      condition.addEventListener("change", () => kept.condition.write(flow, "", condition.value.trim()));
      standard.addEventListener("change", () => {
        if (kept.condition.read(flow)) kept.condition.write(flow, "", "");
        modeling.updateProperties(shown, { default: flow.businessObject });
      });
      return row;
    }));
  }

  function show(element) {
    shown = element;
    const here = kinds(element);
    for (const section of sections) {
      const wanted = section.dataset.for.split(" ").some((each) => here.has(each));
      section.hidden = !wanted;
      if (wanted) section.querySelectorAll("[data-bind]").forEach(fill);
    }
    if (here.has("choice")) showWays();
    outline.value = element === whole() ? "" : element.id;
  }

  function list() {
    const groups = [...registry.filter((each) => each.type === "bpmn:Participant" || each.type === "bpmn:Lane"), ...drawn()];
    const unique = [...new Set(groups)];
    outline.replaceChildren(new Option(texts.wholeDrawing, ""), ...unique.map((each) => new Option(nameOf(each), each.id)));
  }

  /** Chooses an element as a click on it does, and brings it into sight. */
  function choose(id) {
    const element = registry.get(id);
    if (!element) return false;
    selection.select(element);
    modeler.get("canvas").scrollToElement(element);
    return true;
  }

  const whole = () => modeler.get("canvas").getRootElement();
  const chosen = () => {
    const [one, more] = selection.get();
    return one && !more ? one.labelTarget || one : whole();
  };
  root.addEventListener("change", ({ target }) => {
    const field = target.closest("[data-bind]");
    if (field) change(field);
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  outline.addEventListener("change", () => outline.value ? choose(outline.value) : selection.select([]));
  modeler.on("commandStack.element.updateLabel.postExecuted", ({ context }) =>
    nameId(context.element.labelTarget || context.element, context.newLabel || ""));
  modeler.on("selection.changed", () => show(chosen()));
  modeler.on("commandStack.changed", () => { list(); show(chosen()); });
  list();
  show(whole());
  return { choose };
}
