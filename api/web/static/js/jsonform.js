// Fields that only matter when others have certain values are shown when they do.
//
// `data-when` holds conditions, one of which must hold:
// [{"expected": true, "terms": [{"name", "texts", "negated", "needed"}]}]

function textOf(form, name) {
  const controls = [...form.elements].filter((each) => each.name === name);
  const control = controls.find((each) => !/^(radio|checkbox)$/.test(each.type) || each.checked);
  return control && !control.disabled ? control.value : "";
}

function holds(form, { expected, terms }) {
  const all = terms.every(({ name, texts, negated, needed }) => {
    const text = textOf(form, name);
    return text === "" ? !needed : texts.includes(text) !== negated;
  });
  return all === expected;
}

function showWhatMatters(form, parts) {
  // A field that comes in may bring in others: twice as deep as any form that can be shown.
  for (let round = 0; round < 10; round += 1) {
    let changed = false;
    for (const { part, when } of parts) {
      const away = !when.some((condition) => holds(form, condition));
      if (part.hidden === away) continue;
      part.hidden = away;
      part.querySelectorAll("input, select, textarea, button").forEach((each) => { each.disabled = away; });
      changed = true;
    }
    if (!changed) return;
  }
}

function watch(form) {
  const parts = [...form.querySelectorAll("[data-when]")].map((part) => ({ part, when: JSON.parse(part.dataset.when) }));
  if (!parts.length) return;
  form.querySelectorAll("[data-when-words]").forEach((words) => {
    const hint = words.parentElement;
    words.remove();
    if (!hint.textContent.trim()) hint.hidden = true;
  });
  showWhatMatters(form, parts);
  form.addEventListener("input", () => showWhatMatters(form, parts));
}

document.querySelectorAll("form").forEach(watch);
