/** The colours in use, as the style sheet has them for light and dark. */
export function color(name) {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(`--c-${name}`).trim() || style.getPropertyValue(`--${name}`).trim() || name;
}

const SERIES = 10;

export function seriesColor(index) {
  return color(`series-${index % SERIES}`);
}

/** The name of the step of Grafana's thresholds that a value is on. */
export function step(thresholds, value) {
  const steps = thresholds?.steps ?? [];
  return steps.findLast((it) => it.value === null || value >= it.value)?.color ?? 'text';
}

/** What a dashboard says of one of its series by name. */
export function override(panel, name) {
  const properties = {};
  for (const rule of panel.fieldConfig.overrides ?? []) {
    if (rule.matcher.id === 'byName' && rule.matcher.options === name) {
      for (const {id, value} of rule.properties) {
        properties[id] = value;
      }
    }
  }
  return properties;
}
