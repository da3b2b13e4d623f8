import {el} from '../dom.js';
import {phrase} from '../i18n.js';
import {field, paint} from '../palette.js';
import {buckets, reduce, show} from '../value.js';

/** A bar a series, longest where the value is largest; of a histogram, a bar a bucket. */
export class Bars {
  constructor(panel) {
    this.panel = panel;
    this.element = el('ul', {class: 'bars'});
  }

  /** series: [{name, refId, metric, values, isHistogram}]. */
  draw(series) {
    const rows = (series.every((it) => it.isHistogram && Object.hasOwn(it.metric, 'le')) ? buckets(series) : series).map((it) => ({...it, value: reduce(it.values, this.panel.options.calc)}));
    const most = Math.max(1e-9, ...rows.map(({value}) => value).filter(Number.isFinite));
    this.element.replaceChildren(
      ...rows.map(({name, refId, value}) => {
        const looks = field(this.panel, name, refId);
        const {text, color} = show(value, looks);
        const {min = 0, max = most} = looks;
        const bar = el('span', {class: 'bar'});
        paint(bar, color);
        bar.style.width = `${Math.min(100, (100 * Math.max(0, (value ?? min) - min)) / (max - min || 1))}%`;
        return el(
          'li',
          {},
          el('span', {class: 'name'}, phrase(looks.displayName ?? name)),
          el('span', {class: 'track', 'aria-hidden': 'true'}, bar),
          el('span', {class: 'value'}, text),
        );
      }),
    );
  }

  repaint() {}

  destroy() {}
}
