// What the engine reads of an element beside BPMN itself: `spiffworkflow:properties`, as moddle has
// to know them, and the ways to read and change whatever the panel shows. Every change goes through
// the command stack, so that it can be undone.

export const descriptor = {
  name: "SpiffWorkflow",
  prefix: "spiffworkflow",
  uri: "http://spiffworkflow.org/bpmn/schema/1.0/core",
  xml: { tagAlias: "lowerCase" },
  types: [
    { name: "Properties", superClass: ["Element"], properties: [{ name: "properties", type: "Property", isMany: true }] },
    {
      name: "Property",
      superClass: ["Element"],
      properties: [
        { name: "name", type: "String", isAttr: true },
        { name: "value", type: "String", isAttr: true },
      ],
    },
    { name: "CalledDecisionId", superClass: ["Element"], properties: [{ name: "text", type: "String", isBody: true }] },
  ],
};

const extensions = (element) => element.businessObject.extensionElements?.get("values") || [];
const listed = (element) => extensions(element).find((each) => each.$type === "spiffworkflow:Properties")?.get("properties") || [];
const event = (element) => element.businessObject.eventDefinitions?.[0];

/** Every property of an element that the engine reads, as [name, value]. */
export const propertiesOf = (element) => listed(element).map((each) => [each.name, each.value]);

/** Readers and writers by kind, for one modeler. Values are texts; an empty one takes away. */
export function stores(modeler) {
  const modeling = modeler.get("modeling");
  const moddle = modeler.get("moddle");
  const registry = modeler.get("elementRegistry");

  function extend(element, values) {
    const extended = values.length ? moddle.create("bpmn:ExtensionElements", { values }) : undefined;
    for (const value of values) value.$parent = extended;
    modeling.updateProperties(element, { extensionElements: extended });
  }

  function put(element, pairs) {
    const others = extensions(element).filter((each) => each.$type !== "spiffworkflow:Properties");
    const properties = pairs.map(([name, value]) => moddle.create("spiffworkflow:Property", { name, value }));
    extend(element, properties.length ? [...others, moddle.create("spiffworkflow:Properties", { properties })] : others);
  }

  function message(name) {
    const roots = modeler.getDefinitions().rootElements;
    const found = roots.find((each) => each.$type === "bpmn:Message" && each.name === name);
    if (found || !name) return found;
    const made = moddle.create("bpmn:Message", { id: `message_${name}`, name });
    made.$parent = modeler.getDefinitions();
    roots.push(made);
    return made;
  }

  const expression = (body) => (body ? moddle.create("bpmn:FormalExpression", { body }) : undefined);
  const lanes = () => registry.filter((each) => each.type === "bpmn:Lane");
  const around = ({ x, y, width, height }) => lanes().find((lane) =>
    x + width / 2 >= lane.x && x + width / 2 < lane.x + lane.width && y + height / 2 >= lane.y && y + height / 2 < lane.y + lane.height);

  return {
    attr: {
      read: (element, name) => element.businessObject.get(name) || "",
      write: (element, name, value) => modeling.updateProperties(element, { [name]: value || undefined }),
    },
    prop: {
      read: (element, name) => listed(element).find((each) => each.name === name)?.value || "",
      write(element, name, value) {
        const others = propertiesOf(element).filter(([each]) => each !== name);
        put(element, value ? [...others, [name, value]] : others);
      },
    },
    sends: {
      read: (element) => propertiesOf(element).filter(([name]) => name.startsWith("sends."))
        .map(([name, value]) => `${name.slice(6)} = ${value}`).join("\n"),
      write(element, _, text) {
        const lines = text.split("\n").map((line) => line.match(/^\s*(\w+)\s*=\s*(.+?)\s*$/)).filter(Boolean);
        const others = propertiesOf(element).filter(([name]) => !name.startsWith("sends."));
        put(element, [...others, ...lines.map(([, name, value]) => [`sends.${name}`, value])]);
      },
    },
    decision: {
      read: (element) => extensions(element).find((each) => each.$type === "spiffworkflow:CalledDecisionId")?.text || "",
      write(element, _, text) {
        const others = extensions(element).filter((each) => each.$type !== "spiffworkflow:CalledDecisionId");
        extend(element, text ? [...others, moddle.create("spiffworkflow:CalledDecisionId", { text })] : others);
      },
    },
    timer: {
      read: (element) => event(element)?.timeDuration?.body || "",
      write: (element, _, body) => modeling.updateModdleProperties(element, event(element), { timeDuration: expression(body) }),
    },
    message: {
      read: (element) => (event(element) || element.businessObject).messageRef?.name || "",
      write: (element, _, name) =>
        modeling.updateModdleProperties(element, event(element) || element.businessObject, { messageRef: message(name) }),
    },
    condition: {
      read: (element) => element.businessObject.conditionExpression?.body || "",
      write: (element, _, body) => modeling.updateProperties(element, { conditionExpression: expression(body) }),
    },
    lane: {
      read: (element) => around(element)?.businessObject.name || "",
      write(element, _, name) {
        const lane = lanes().find((each) => each.businessObject.name === name);
        if (!lane) return;
        const down = Math.round(lane.y + lane.height / 2 - element.y - element.height / 2);
        modeling.moveElements([element], { x: 0, y: down }, element.parent);
      },
      choices: () => lanes().map((each) => each.businessObject.name || "").filter(Boolean),
    },
  };
}
