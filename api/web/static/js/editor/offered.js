// What may be drawn: the elements that the engine runs (bpmn/source.py, bpmn/elements.py), no others.

const TASK_AFTER = { type: "bpmn:UserTask", className: "bpmn-icon-user-task", title: "Append user task" };
const CALL_AFTER = { type: "bpmn:CallActivity", className: "bpmn-icon-call-activity", title: "Append call activity" };
const UNOFFERED = [
  "append.append-task", "append.intermediate-event", "append.condition-intermediate-event",
  "append.signal-intermediate-event", "append.compensation-activity",
];
const REPLACEMENTS = new Set([
  "user-task", "service-task", "rule-task", "receive-task", "call-activity", "expanded-subprocess",
  "event-subprocess", "subprocess",
  "exclusive-gateway", "parallel-gateway", "inclusive-gateway", "event-based-gateway",
  "none-start", "message-start", "none-end", "terminate-end",
  "message-intermediate-catch", "timer-intermediate-catch", "message-boundary", "timer-boundary",
  "sequence-flow", "default-flow", "conditional-flow",
].map((name) => `replace-with-${name}`));

class Palette {
  static $inject = ["palette", "create", "elementFactory", "handTool", "lassoTool", "spaceTool", "globalConnect", "translate"];

  constructor(palette, create, elementFactory, handTool, lassoTool, spaceTool, globalConnect, translate) {
    const tool = (className, title, click) => ({ group: "tools", className, title: translate(title), action: { click } });
    const drawn = (group, className, title, type, more) => {
      const start = (event) => create.start(event, elementFactory.createShape({ type, ...more }));
      return { group, className, title: translate(title), action: { dragstart: start, click: start } };
    };
    const aside = (event) => {
      const around = elementFactory.createShape({ type: "bpmn:SubProcess", x: 0, y: 0, isExpanded: true, triggeredByEvent: true });
      const start = elementFactory.createShape({
        type: "bpmn:StartEvent", x: 40, y: 82, parent: around, eventDefinitionType: "bpmn:MessageEventDefinition",
      });
      create.start(event, [around, start], { hints: { autoSelect: [around] } });
    };
    this._entries = {
      "hand-tool": tool("bpmn-icon-hand-tool", "Activate hand tool", (event) => handTool.activateHand(event)),
      "lasso-tool": tool("bpmn-icon-lasso-tool", "Activate lasso tool", (event) => lassoTool.activateSelection(event)),
      "space-tool": tool("bpmn-icon-space-tool", "Activate create/remove space tool", (event) => spaceTool.activateSelection(event)),
      "connect-tool": tool("bpmn-icon-connection-multi", "Activate global connect tool", (event) => globalConnect.start(event)),
      "tool-separator": { group: "tools", separator: true },
      "create.user-task": drawn("activity", "bpmn-icon-user-task", "Create user task", "bpmn:UserTask"),
      "create.call-activity": drawn("activity", "bpmn-icon-call-activity", "Create call activity", "bpmn:CallActivity"),
      "create.rule-task": drawn("activity", "bpmn-icon-business-rule-task", "Create business rule task", "bpmn:BusinessRuleTask"),
      "create.service-task": drawn("activity", "bpmn-icon-service-task", "Create service task", "bpmn:ServiceTask"),
      "create.gateway": drawn("gateway", "bpmn-icon-gateway-xor", "Create gateway", "bpmn:ExclusiveGateway"),
      "create.parallel": drawn("gateway", "bpmn-icon-gateway-parallel", "Create parallel gateway", "bpmn:ParallelGateway"),
      "create.start": drawn("event", "bpmn-icon-start-event-none", "Create start event", "bpmn:StartEvent"),
      "create.timer": drawn("event", "bpmn-icon-intermediate-event-catch-timer", "Create timer intermediate catch event",
        "bpmn:IntermediateCatchEvent", { eventDefinitionType: "bpmn:TimerEventDefinition" }),
      "create.message": drawn("event", "bpmn-icon-intermediate-event-catch-message", "Create message intermediate catch event",
        "bpmn:IntermediateCatchEvent", { eventDefinitionType: "bpmn:MessageEventDefinition" }),
      "create.end": drawn("event", "bpmn-icon-end-event-none", "Create end event", "bpmn:EndEvent"),
      "create.aside": {
        group: "event", className: "bpmn-icon-event-subprocess-expanded", title: translate("Create event sub-process"),
        action: { dragstart: aside, click: aside },
      },
    };
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    return this._entries;
  }
}

class ContextPad {
  static $inject = ["contextPad", "create", "elementFactory", "autoPlace", "translate"];

  constructor(contextPad, create, elementFactory, autoPlace, translate) {
    this._append = ({ type, className, title }) => ({
      group: "model",
      className,
      title: translate(title),
      action: {
        dragstart: (event, source) => create.start(event, elementFactory.createShape({ type }), { source }),
        click: (event, source) => autoPlace.append(source, elementFactory.createShape({ type })),
      },
    });
    contextPad.registerProvider(500, this);
  }

  getContextPadEntries() {
    return (entries) => {
      const grows = "append.append-task" in entries;
      const left = Object.fromEntries(Object.entries(entries).filter(([name]) => !UNOFFERED.includes(name)));
      return grows ? { "append.user-task": this._append(TASK_AFTER), "append.call": this._append(CALL_AFTER), ...left } : left;
    };
  }
}

class Replacing {
  static $inject = ["popupMenu"];

  constructor(popupMenu) {
    popupMenu.registerProvider("bpmn-replace", 500, this);
  }

  getPopupMenuEntries() {
    return (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => REPLACEMENTS.has(name)));
  }

  getPopupMenuHeaderEntries() {
    return () => ({});
  }
}

/** The module that has the modeler offer no more than what runs. */
export const offered = {
  __init__: ["paletteProvider", "offeredPad", "offeredReplacing"],
  paletteProvider: ["type", Palette],
  offeredPad: ["type", ContextPad],
  offeredReplacing: ["type", Replacing],
};
