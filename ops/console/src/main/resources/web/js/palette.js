/** Shades that Grafana has of a colour are that colour here: light and dark are the theme's. */
const SHADE = /^(?:super-light|light|semi-dark|dark)-/;
const NAMED = ['text', 'green', 'orange', 'red', 'blue', 'purple', 'yellow'];
const VALUE = /^#[0-9a-f]{3,8}$|^rgba?\([\d\s.,%]+\)$/i;

/** The colours in use, as the style sheet has them for light and dark. */
export function color(name) {
  const style = getComputedStyle(document.documentElement);
  const plain = name.replace(SHADE, '');
  return style.getPropertyValue(`--c-${plain}`).trim() || style.getPropertyValue(`--${plain}`).trim() || name;
}

const SERIES = 10;

export function seriesColor(index) {
  return color(`series-${index % SERIES}`);
}

/** Gives an element a colour of Grafana's, be it one of the theme's by name or any by value. */
export function paint(element, name) {
  const plain = name.replace(SHADE, '');
  element.dataset.level = NAMED.includes(plain) ? plain : 'text';
  element.style.color = VALUE.test(plain) ? plain : '';
}

/** The colour of the step of the thresholds that a value is on. */
export function step(thresholds, value) {
  return thresholds.findLast((it) => it.value === null || value >= it.value)?.color ?? 'text';
}

/** How a panel wants one of its series or columns to look. */
export function field(panel, name, refId = '') {
  const {defaults, overrides} = panel.fieldConfig;
  return overrides
    .filter((it) => it.name === name || it.pattern?.test(name) || (it.refId !== undefined && it.refId !== null && it.refId === refId))
    .reduce((all, {properties}) => ({...all, ...properties}), {...defaults});
}
