import {el, svg} from '../dom.js';
import {phrase} from '../i18n.js';
import {field, paint} from '../palette.js';
import {reduce, show} from '../value.js';

/** Half a circle of this radius around (0, 0), and a bit more. */
const RADIUS = 40;
const REACH = Math.PI * 1.2;

/** A dial a series, as far around as the value is between least and most. */
export class Gauge {
  constructor(panel) {
    this.panel = panel;
    this.element = el('div', {class: 'gauges'});
  }

  /** series: [{name, refId, values}]. */
  draw(series) {
    this.element.replaceChildren(
      ...series.map(({name, refId, values}) => {
        const looks = field(this.panel, name, refId);
        const value = reduce(values, this.panel.options.calc);
        const {text, color} = show(value, looks);
        const {min = 0, max = looks.unit === 'percentunit' ? 1 : 100} = looks;
        const share = Number.isFinite(value) ? Math.min(1, Math.max(0, (value - min) / (max - min || 1))) : 0;
        const gauge = el(
          'figure',
          {class: 'gauge'},
          svg(
            'svg',
            {viewBox: '-48 -48 96 76', 'aria-hidden': 'true'},
            svg('path', {class: 'dial', d: arc(1)}),
            share ? svg('path', {class: 'hand', d: arc(share)}) : null,
          ),
          el('span', {class: 'big'}, text),
          series.length > 1 ? el('figcaption', {class: 'name', title: name}, phrase(looks.displayName ?? name)) : null,
        );
        paint(gauge, color);
        return gauge;
      }),
    );
  }

  repaint() {}

  destroy() {}
}

/** From the left end of the dial, as far as this share of it. */
function arc(share) {
  const from = -Math.PI / 2 - REACH / 2;
  const point = (angle) => `${(RADIUS * Math.sin(angle)).toFixed(2)} ${(-RADIUS * Math.cos(angle)).toFixed(2)}`;
  const [start, end] = [from + Math.PI / 2, from + Math.PI / 2 + share * REACH];
  return `M${point(start)}A${RADIUS} ${RADIUS} 0 ${share * REACH > Math.PI ? 1 : 0} 1 ${point(end)}`;
}
