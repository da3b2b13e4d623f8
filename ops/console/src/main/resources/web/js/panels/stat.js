import {el, svg} from '../dom.js';
import {format} from '../format.js';
import {phrase} from '../i18n.js';
import {step} from '../palette.js';

const WIDTH = 200;
const HEIGHT = 40;

/** One value in large type, or a few with their names; behind it, how it got there. */
export class Stat {
  constructor(panel) {
    this.panel = panel;
    this.element = el('div', {class: 'stat'});
  }

  /** series: [{name, values}], the last value counts. */
  draw(series) {
    const {unit, decimals, thresholds} = this.panel.fieldConfig.defaults;
    const {graphMode, textMode} = this.panel.options;
    const named = series.length > 1 || textMode === 'value_and_name';
    this.element.classList.toggle('several', named);
    this.element.replaceChildren(
      ...series.map(({name, values}) => {
        const value = values.findLast(([, it]) => Number.isFinite(it))?.[1];
        return el(
          'div',
          {class: 'figure', 'data-level': value === undefined ? 'text' : step(thresholds, value)},
          named ? el('span', {class: 'name'}, phrase(name)) : null,
          el('span', {class: 'big'}, format(value, unit, decimals)),
          graphMode === 'area' && values.length > 1 ? sparkline(values) : null,
        );
      }),
    );
  }

  repaint() {}

  destroy() {}
}

function sparkline(values) {
  const finite = values.filter(([, value]) => Number.isFinite(value));
  const [first, last] = [values[0][0], values.at(-1)[0]];
  const low = Math.min(0, ...finite.map(([, value]) => value));
  const high = Math.max(low + 1e-9, ...finite.map(([, value]) => value));
  const points = finite.map(([time, value]) =>
    `${(((time - first) / (last - first || 1)) * WIDTH).toFixed(1)},${(HEIGHT - 1 - ((value - low) / (high - low)) * (HEIGHT - 4)).toFixed(1)}`);
  if (points.length < 2) {
    return null;
  }
  const [start, end] = [points[0].split(',')[0], points.at(-1).split(',')[0]];
  return svg(
    'svg',
    {class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    svg('polygon', {points: `${start},${HEIGHT} ${points.join(' ')} ${end},${HEIGHT}`}),
    svg('polyline', {points: points.join(' ')}),
  );
}
