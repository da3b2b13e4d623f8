import {el, svg} from '../dom.js';
import {phrase} from '../i18n.js';
import {field, paint} from '../palette.js';
import {reduce, show} from '../value.js';

const WIDTH = 200;
const HEIGHT = 40;

/** One value in large type, or a few with their names; behind it, how it got there. */
export class Stat {
  constructor(panel) {
    this.panel = panel;
    this.element = el('div', {class: 'stat'});
  }

  /** series: [{name, refId, values}]. */
  draw(series) {
    const {hasGraph, isNamed, calc} = this.panel.options;
    const named = series.length > 1 || isNamed;
    this.element.classList.toggle('several', named);
    this.element.replaceChildren(
      ...series.map(({name, refId, values}) => {
        const looks = field(this.panel, name, refId);
        const {text, color} = show(reduce(values, calc), looks);
        const figure = el(
          'div',
          {class: 'figure'},
          named ? el('span', {class: 'name'}, phrase(looks.displayName ?? name)) : null,
          el('span', {class: 'big'}, text),
          hasGraph && values.length > 1 ? sparkline(values) : null,
        );
        paint(figure, color);
        return figure;
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
