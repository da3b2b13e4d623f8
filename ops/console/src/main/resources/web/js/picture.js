import {svg} from './dom.js';
import {format} from './format.js';
import {t} from './i18n.js';

/** They look at everybody; their calls are no part of the business. */
const OBSERVERS = ['console', 'alert-relay'];
const NODE = {width: 168, height: 78, gap: 22};
const COLUMN = 268;
const DOT = 12;
/** As many letters of a name as a node has room for. */
const LONGEST = 22;
const LARGEST = 1.15;

/** The services and who calls whom, with request rates on the edges. */
export class Picture {
  constructor() {
    this.element = svg('svg', {class: 'picture', role: 'img', preserveAspectRatio: 'xMidYMid meet'});
  }

  draw(instances, {rates, errors, calls}) {
    const services = Map.groupBy(instances, (it) => it.service);
    const edges = calls.filter(([from, to]) => services.has(from) && services.has(to) && !OBSERVERS.includes(from));
    const levels = depths([...services.keys()].filter((it) => rates.has(it) && !OBSERVERS.includes(it)), edges);
    const shape = JSON.stringify([
      [...levels], edges, document.documentElement.lang,
      [...services].map(([name, all]) => [name, round(rates.get(name)), round(errors.get(name)), all.map((it) => it.accountedFor)])]);
    if (this.shape === shape) {
      return;
    }
    this.shape = shape;
    const columns = [];
    levels.forEach((level, name) => (columns[level] ??= []).push(name));
    const rows = Math.max(1, ...columns.filter(Boolean).map((column) => column.length));
    const others = [...services.keys()].filter((it) => !levels.has(it)).sort();
    const height = rows * (NODE.height + NODE.gap) + (others.length ? NODE.height - 10 : 0);
    const width = Math.max(columns.length * COLUMN - COLUMN + NODE.width, others.length * (NODE.width + 20) - 20, 560) + 8;
    const middle = (rows * (NODE.height + NODE.gap) - NODE.gap) / 2 + 4;
    const places = new Map([['', {x: 40, y: middle}]]);
    columns.forEach((column, level) => column.sort().forEach((name, i) => {
      const y = middle + (i - (column.length - 1) / 2) * (NODE.height + NODE.gap);
      places.set(name, {x: level * COLUMN - COLUMN / 2 + NODE.width / 2 + 40, y});
    }));
    others.forEach((name, i) => places.set(name, {x: NODE.width / 2 + 4 + i * (NODE.width + 20), y: height - NODE.height / 2 + 12}));
    const entries = [...levels].filter(([, level]) => level === 1).map(([name]) => ['', name]);
    this.element.setAttribute('viewBox', `0 0 ${width} ${height + 16}`);
    this.element.style.maxWidth = `${width * LARGEST}px`;
    this.element.setAttribute('aria-label', describe([...entries, ...edges], rates, services));
    this.element.replaceChildren(
      ...[...entries, ...edges].map(([from, to]) => edge(places.get(from), places.get(to), rates.get(to), from === '')),
      levels.size ? client(places.get('')) : svg('g'),
      ...[...services].map(([name, all]) => node(name, places.get(name), all, rates.get(name), errors.get(name))),
    );
  }
}

/** How many calls a service is from the outside; what nobody calls is 1 away. */
function depths(names, edges) {
  const levels = new Map(names.map((name) => [name, 1]));
  for (let round = 0; round < names.length; round++) {
    for (const [from, to] of edges) {
      if (levels.has(from) && levels.has(to) && from !== to) {
        levels.set(to, Math.max(levels.get(to), levels.get(from) + 1));
      }
    }
    // a circle of callers would go on for ever
    if (Math.max(...levels.values()) > names.length) {
      break;
    }
  }
  return levels;
}

function client({x, y}) {
  return svg('g', {class: 'client'}, svg('circle', {cx: x, cy: y, r: 26}), svg('text', {x, y: y + 4}, t('picture.clients')));
}

function node(name, {x, y}, instances, rate, errors) {
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2];
  const failing = errors > 0 && rate > 0;
  const well = instances.every((it) => it.accountedFor);
  const shown = instances.slice(0, 9);
  return svg(
    'g',
    {class: 'node', 'data-service': name, 'data-level': well ? 'well' : 'bad'},
    svg('rect', {x: left, y: top, width: NODE.width, height: NODE.height, rx: 4}),
    svg('title', {}, name),
    svg('text', {class: 'title', x: left + 12, y: top + 22}, name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name),
    svg('text', {class: failing ? 'sub bad' : 'sub', x: left + 12, y: top + 41},
      rate === undefined ? t('picture.noRequests') : failing ? t('picture.failing', {share: format(errors / rate, 'percentunit')}) : format(rate, 'reqps')),
    ...shown.map((it, i) => dot(left + 12 + i * (DOT + 5), top + NODE.height - DOT - 11, it)),
    instances.length > shown.length ? svg('text', {class: 'sub', x: left + 12 + 9 * (DOT + 5), y: top + NODE.height - 12}, `+${instances.length - shown.length}`) : null,
  );
}

/** A square that is whole, or a cross: the colour only repeats it. */
function dot(x, y, {accountedFor, id}) {
  const shape = accountedFor
    ? svg('rect', {class: 'dot well', x, y, width: DOT, height: DOT, rx: 2})
    : svg('path', {class: 'dot bad', d: `M${x + 1} ${y + 1}l${DOT - 2} ${DOT - 2}m0 ${2 - DOT}l${2 - DOT} ${DOT - 2}`});
  shape.append(svg('title', {}, id));
  return shape;
}

function edge(from, to, rate, isEntry) {
  const [x1, x2] = [from.x + (isEntry ? 26 : NODE.width / 2), to.x - NODE.width / 2 - 7];
  const bend = (x2 - x1) / 2;
  const path = `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`;
  return svg(
    'g',
    {class: rate > 0 ? 'edge live' : 'edge'},
    svg('path', {class: 'line', d: path}),
    svg('path', {class: 'flow', d: path}),
    svg('path', {class: 'head', d: `M${x2 - 1} ${to.y - 5}l7 5l-7 5z`}),
    svg('text', {x: (x1 + x2) / 2, y: (from.y + to.y) / 2 - 9}, rate === undefined ? '' : format(rate, 'reqps')),
  );
}

function describe(edges, rates, services) {
  const sentences = edges.map(([from, to]) =>
    t('picture.edge', {from: from || t('picture.clients'), to, rate: format(rates.get(to), 'reqps')}));
  const counts = [...services].map(([name, all]) =>
    t('picture.node', {name, n: all.filter((it) => it.accountedFor).length, total: all.length}));
  return [...sentences, ...counts].join('; ');
}

function round(value) {
  return value === undefined ? null : Number(value.toFixed(2));
}
