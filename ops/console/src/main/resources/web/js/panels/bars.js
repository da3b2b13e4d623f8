import {el} from '../dom.js';
import {format} from '../format.js';
import {phrase} from '../i18n.js';
import {step} from '../palette.js';

/** A bar a series, longest where the value is largest; of a histogram, a bar a bucket. */
export class Bars {
  constructor(panel) {
    this.panel = panel;
    this.element = el('ul', {class: 'bars'});
  }

  /** series: [{name, metric, values}], the last value counts. */
  draw(series) {
    const {unit, decimals, max, thresholds} = this.panel.fieldConfig.defaults;
    let rows = series.map(({name, metric, values}) => ({name, metric, value: values.at(-1)?.[1] ?? 0}));
    if (this.panel.targets[0].format === 'heatmap') {
      rows = buckets(rows);
    }
    const most = max ?? Math.max(1e-9, ...rows.map(({value}) => value));
    this.element.replaceChildren(
      ...rows.map(({name, value}) => {
        const bar = el('span', {class: 'bar', 'data-level': step(thresholds, value)});
        bar.style.width = `${Math.min(100, (100 * Math.max(0, value)) / most)}%`;
        return el(
          'li',
          {},
          el('span', {class: 'name'}, phrase(name)),
          el('span', {class: 'track', 'aria-hidden': 'true'}, bar),
          el('span', {class: 'value'}, format(value, unit, decimals)),
        );
      }),
    );
  }

  repaint() {}

  destroy() {}
}

/** Buckets count all that is below them; a bar shows what lies between one and the next. */
function buckets(rows) {
  const bound = (row) => (row.metric.le === '+Inf' ? Infinity : Number(row.metric.le));
  const sorted = rows.toSorted((a, b) => bound(a) - bound(b));
  return sorted.map((row, i) => ({
    name: bound(row) === Infinity ? `> ${format(bound(sorted[i - 1] ?? row))}` : `≤ ${format(bound(row))}`,
    value: Math.max(0, row.value - (sorted[i - 1]?.value ?? 0)),
  }));
}
