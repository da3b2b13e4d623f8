import {follow} from '../address.js';
import {el} from '../dom.js';
import {phrase, t} from '../i18n.js';
import {field, paint} from '../palette.js';
import {reduce, show} from '../value.js';

/** Series side by side: a row for each set of labels, a column for each query. Headings sort. */
export class Table {
  constructor(panel) {
    this.panel = panel;
    this.sort = panel.options.sortBy;
    this.element = el('div', {class: 'scroll', tabindex: '0', role: 'group', 'aria-label': phrase(panel.title)});
  }

  /** series: [{refId, metric, values}]. */
  draw(series) {
    this.series = series;
    const merged = merge(series, this.panel.targets.length);
    const columns = this.columns(merged);
    const rows = this.sorted(merged, columns);
    this.element.replaceChildren(
      el(
        'table',
        {},
        el('caption', {class: 'hidden'}, phrase(this.panel.description)),
        el('thead', {}, el('tr', {}, columns.map((column) => this.heading(column)))),
        el('tbody', {}, rows.map((row) => el('tr', {}, columns.map((column, i) => this.cell(row, column, i))))),
      ),
    );
  }

  repaint() {}

  destroy() {}

  /** Those that the dashboard puts in order, then all others: labels, then values. */
  columns(rows) {
    const {order, rename, isHidden} = this.panel.columns;
    const found = [...new Set(rows.flatMap(Object.keys))].sort((a, b) => isValue(a) - isValue(b));
    const own = (key) => (found.includes(key) || key !== 'Value #A' ? key : 'Value');
    const ordered = Object.keys(order).sort((a, b) => order[a] - order[b]).map(own);
    return [...new Set([...ordered, ...found])]
      .filter((key) => key !== 'Time' && !isHidden(key) && !field(this.panel, key).isHidden)
      .map((key) => ({key, title: rename[key] ?? (key === 'Value' ? rename['Value #A'] : undefined) ?? key, isValue: isValue(key)}));
  }

  heading({title, isValue}) {
    const descending = this.sort?.displayName === title ? this.sort.desc : null;
    const direction = descending === null ? 'none' : descending ? 'descending' : 'ascending';
    const turn = () => {
      this.sort = {displayName: title, desc: descending === null ? isValue : !descending};
      this.draw(this.series);
      this.element.querySelector('[aria-sort="ascending"] button, [aria-sort="descending"] button')?.focus();
    };
    return el(
      'th',
      {scope: 'col', class: isValue ? 'number' : '', 'aria-sort': direction},
      el('button', {type: 'button', title: t('table.sort'), click: turn}, phrase(title), el('span', {'aria-hidden': 'true'}, descending === null ? '' : descending ? ' ↓' : ' ↑')),
    );
  }

  cell(row, {key, title, isValue}, i) {
    if (!isValue) {
      const text = row[key] ?? '';
      const link = key === 'instance' || key === 'job' ? this.panel.fieldConfig.defaults.links[0] : null;
      return el(i === 0 ? 'th' : 'td', i === 0 ? {scope: 'row'} : {}, link ? el('a', {href: follow(link, row)}, text) : text);
    }
    const looks = field(this.panel, title);
    const {text, color} = show(row[key], looks);
    const cell = el('td', {class: 'number'}, text);
    paint(cell, looks.isColored ? color : 'text');
    return cell;
  }

  sorted(rows, columns) {
    const column = columns.find(({title}) => title === this.sort?.displayName);
    if (!column) {
      return rows;
    }
    const worth = (row) => (Number.isFinite(row[column.key]) ? row[column.key] : -Infinity);
    const compare = column.isValue
      ? (a, b) => worth(a) - worth(b)
      : (a, b) => String(a[column.key]).localeCompare(String(b[column.key]));
    return rows.toSorted((a, b) => (this.sort.desc ? -1 : 1) * compare(a, b));
  }
}

const isValue = (key) => /^Value(?: #.+)?$/.test(key);

/** A row for each set of labels, with the last value of each query that has it. */
function merge(series, queries) {
  const rows = new Map();
  for (const {refId, metric, values} of series) {
    const labels = Object.fromEntries(Object.entries(metric).filter(([name]) => name !== '__name__').sort());
    const key = JSON.stringify(labels);
    if (!rows.has(key)) {
      rows.set(key, labels);
    }
    rows.get(key)[queries > 1 ? `Value #${refId}` : 'Value'] = reduce(values, 'last');
  }
  return [...rows.values()];
}
