import {el} from '../dom.js';
import {clock, format} from '../format.js';
import {phrase} from '../i18n.js';
import {field} from '../palette.js';
import {buckets} from '../value.js';

const SLICES = 12;

/** A heatmap as a table: a row a bucket, highest on top, a column a slice of the time; the more, the darker. */
export class Heatmap {
  constructor(panel) {
    this.panel = panel;
    this.element = el('div', {class: 'scroll', tabindex: '0', role: 'group', 'aria-label': phrase(panel.title)});
  }

  /** series: [{name, metric, values}], cumulative if they have bounds. */
  draw(series, {from, to}) {
    const rows = series.every((it) => Object.hasOwn(it.metric, 'le')) ? buckets(series).reverse() : series;
    const slice = (to - from) / SLICES;
    const cells = rows.map(({values}) => slices(values, from, slice));
    const most = Math.max(1e-9, ...cells.flat().filter(Number.isFinite));
    const {unit, decimals} = field(this.panel, '');
    const ends = Array.from({length: SLICES}, (unused, i) => clock(from + (i + 1) * slice).slice(0, 5));
    this.element.replaceChildren(
      el(
        'table',
        {class: 'heat'},
        el('caption', {class: 'hidden'}, phrase(this.panel.description)),
        el('thead', {}, el('tr', {}, el('td'), ends.map((end) => el('th', {scope: 'col', class: 'number'}, end)))),
        el('tbody', {}, rows.map(({name}, i) =>
          el('tr', {}, el('th', {scope: 'row'}, name), cells[i].map((value) => {
            const cell = el('td', {class: 'number'}, value === undefined ? '' : format(value, unit, decimals));
            cell.style.setProperty('--share', `${Math.round((60 * Math.max(0, value ?? 0)) / most)}%`);
            return cell;
          })))),
      ),
    );
  }

  repaint() {}

  destroy() {}
}

/** The mean of each slice; undefined where it has no value. */
function slices(values, from, slice) {
  const sums = Array.from({length: SLICES}, () => ({sum: 0, count: 0}));
  for (const [time, value] of values) {
    const at = sums[Math.min(SLICES - 1, Math.max(0, Math.floor((time - from) / slice)))];
    if (Number.isFinite(value)) {
      at.sum += value;
      at.count++;
    }
  }
  return sums.map(({sum, count}) => (count ? sum / count : undefined));
}
