import uPlot from '/uplot/uPlot.esm.js';
import {follow} from '../address.js';
import {el, setText} from '../dom.js';
import {clock, format} from '../format.js';
import {phrase} from '../i18n.js';
import {color, field, seriesColor} from '../palette.js';
import {show} from '../value.js';

/** What neighbours on an axis may differ by: bytes come in powers of two, a yes or no has nothing between. */
const BINARY = {incrs: Array.from({length: 50}, (unused, i) => 2 ** i)};
const INCREMENTS = {bytes: BINARY, Bps: BINARY, bool_yes_no: {incrs: [1]}};
const AXIS_FONT = '11px Inter, system-ui, sans-serif';
/** The chart's arithmetic has no room above; this also leaves out NaN and undefined. */
const LARGEST = 1e200;
/** All charts of a page show the same moment under the pointer. */
const SYNC = uPlot.sync('page');

/** A chart of several series over time; its legend tells the values, of now or of where the pointer is. */
export class TimeSeries {
  constructor(panel) {
    this.panel = panel;
    this.canvas = el('div', {class: 'chart'});
    this.legend = el('ul', {class: 'legend'});
    this.element = el('div', {class: 'timeseries'}, this.canvas, this.legend);
    this.hidden = new Set();
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.canvas);
  }

  /** series: [{name, metric, values}]; all on the range's steps. */
  draw(series, range, events) {
    this.last = [series, range, events];
    this.events = events;
    this.series = series
      .map((it, i) => ({...it, looks: field(this.panel, it.name, it.refId), i}))
      .filter(({looks}) => !looks.isHidden)
      .map((it) => ({...it, name: it.looks.displayName ?? it.name, color: it.looks.color ? color(it.looks.color) : seriesColor(it.i)}));
    const times = steps(range);
    const columns = this.series.map((it) => onto(times, it.values, it.looks.isNegative ? -1 : 1));
    this.raw = columns;
    this.times = times;
    const data = [times, ...(this.isStacked() ? stack(columns, this.series.map((it) => this.hidden.has(it.name))) : columns)];
    const shape = this.series.map((it) => `${it.name}/${it.color}`).join('\n');
    if (this.plot && this.shape === shape) {
      this.plot.setData(data, false);
      this.plot.setScale('x', {min: range.from, max: range.to});
    } else {
      this.shape = shape;
      this.plot?.destroy();
      this.plot = new uPlot(this.options(range), data, this.canvas);
      this.series.forEach((it, i) => this.plot.setSeries(i + 1, {show: !this.hidden.has(it.name)}));
    }
    this.drawLegend();
    this.showValues(null);
  }

  /** In other colours. */
  repaint() {
    if (this.last) {
      this.shape = null;
      this.draw(...this.last);
    }
  }

  destroy() {
    this.sizes.disconnect();
    this.plot?.destroy();
  }

  isStacked() {
    return this.panel.fieldConfig.defaults.custom.isStacked === true;
  }

  options(range) {
    const {min, max, unit, decimals, custom} = this.panel.fieldConfig.defaults;
    const line = {stroke: color('weak'), grid: {stroke: color('grid'), width: 1}, ticks: {show: false}, font: AXIS_FONT};
    const fill = custom.fill ?? 0;
    return {
      ...this.size(),
      padding: [8, 18, 0, 0],
      legend: {show: false},
      cursor: {sync: {key: SYNC.key, setSeries: false}, drag: {x: false, y: false}, points: {size: 6}},
      scales: {
        x: {time: true, min: range.from, max: range.to},
        y: {range: (plot, low, high) => bounds(low, high, min, max, this.leastTop())},
      },
      axes: [
        {...line, size: 24, space: 64, values: (plot, splits, i, space, increment) => splits.map((at) => tick(at, increment))},
        {...line, size: 62, space: 28, ...INCREMENTS[unit], values: (plot, splits) => axis(splits, unit, decimals)},
      ],
      series: [
        {},
        ...this.series.map((it) => ({
          label: it.name,
          stroke: it.color,
          fill: fill ? translucent(it.color, fill / 100) : undefined,
          width: custom.width ?? 1,
          points: {show: false},
        })),
      ],
      bands: this.isStacked()
        ? this.series.slice(1).map((it, i) => ({series: [i + 2, i + 1]}))
        : undefined,
      hooks: {
        setCursor: [(plot) => this.showValues(plot.cursor.idx)],
        draw: [(plot) => this.drawThresholds(plot), (plot) => this.drawEvents(plot)],
      },
    };
  }

  /** How far up the axis goes even if nothing does: to the threshold, or to what is little in this unit. */
  leastTop() {
    const {unit, thresholds, custom} = this.panel.fieldConfig.defaults;
    const limit = custom.hasLimits ? (thresholds.at(-1)?.value ?? 0) * 1.2 : 0;
    return limit || (unit === 'percentunit' ? 0.01 : unit === 's' ? 0.01 : 1);
  }

  drawThresholds(plot) {
    const {thresholds, custom} = this.panel.fieldConfig.defaults;
    if (!custom.hasLimits) {
      return;
    }
    for (const step of thresholds.filter((it) => it.value !== null)) {
      const y = plot.valToPos(step.value, 'y', true);
      if (y >= plot.bbox.top) {
        rule(plot, color(step.color), [plot.bbox.left, y], [plot.bbox.left + plot.bbox.width, y]);
      }
    }
  }

  drawEvents(plot) {
    for (const event of this.events) {
      const x = plot.valToPos(event.time, 'x', true);
      if (x >= plot.bbox.left && x <= plot.bbox.left + plot.bbox.width) {
        rule(plot, color(event.color), [x, plot.bbox.top], [x, plot.bbox.top + plot.bbox.height]);
      }
    }
  }

  drawLegend() {
    const {links} = this.panel.fieldConfig.defaults;
    if (this.legendShape === this.shape) {
      return;
    }
    this.legendShape = this.shape;
    this.values = this.series.map(() => el('span', {class: 'value'}));
    this.legend.replaceChildren(
      ...this.series.map((it, i) => {
        const swatch = el('span', {class: 'swatch', 'aria-hidden': 'true'});
        swatch.style.background = it.color;
        const toggle = el(
          'button',
          {type: 'button', 'aria-pressed': String(!this.hidden.has(it.name)), click: () => this.toggle(it.name, i, toggle)},
          swatch,
          el('span', {class: 'name'}, phrase(it.name)),
        );
        const leads = links[0]
          ? el('a', {href: follow(links[0], it.metric), title: phrase(links[0].title), 'aria-label': `${phrase(links[0].title)}: ${it.name}`, class: 'lead'}, '↗')
          : null;
        return el('li', {}, toggle, this.values[i], leads);
      }),
    );
  }

  toggle(name, i, button) {
    this.hidden.has(name) ? this.hidden.delete(name) : this.hidden.add(name);
    button.setAttribute('aria-pressed', String(!this.hidden.has(name)));
    this.plot.setSeries(i + 1, {show: !this.hidden.has(name)});
    if (this.isStacked()) {
      this.draw(...this.last);
    }
  }

  showValues(index) {
    this.values?.forEach((value, i) => {
      const {looks} = this.series[i];
      const column = this.raw[i];
      const shown = index === null || index === undefined ? column.findLast((it) => it !== null) : column[index];
      setText(value, show(shown && looks.isNegative ? -shown : shown, looks).text);
    });
  }

  size() {
    return {width: Math.max(120, this.canvas.clientWidth), height: Math.max(60, this.canvas.clientHeight)};
  }

  resize() {
    const {width, height} = this.size();
    if (this.plot && (this.plot.width !== width || this.plot.height !== height)) {
      this.plot.setSize({width, height});
    }
  }
}

function steps({from, to, step}) {
  return Array.from({length: Math.round((to - from) / step) + 1}, (unused, i) => from + i * step);
}

function onto(times, values, sign) {
  const known = new Map(values.map(([time, value]) => [Math.round(time), value * sign]));
  return times.map((time) => {
    const value = known.get(Math.round(time));
    return Math.abs(value) < LARGEST ? value : null;
  });
}

/** Each column on top of those before it, which is how uPlot's bands want them. */
function stack(columns, hidden) {
  const sums = (columns[0] ?? []).map(() => 0);
  return columns.map((column, i) =>
    column.map((value, at) => {
      if (value === null || hidden[i]) {
        return hidden[i] ? null : sums[at];
      }
      return (sums[at] += value);
    }),
  );
}

function bounds(low, high, min, max, least) {
  const bottom = min ?? Math.min(low ?? 0, 0);
  const most = high ?? bottom;
  if (max !== undefined && max > bottom && most > max * 0.6) {
    return [bottom, max];
  }
  return [bottom, most <= bottom ? bottom + least : most + (most - bottom) * 0.08];
}

/** As many decimals as tell neighbours apart. */
function axis(splits, unit, decimals) {
  const gap = (splits.length > 1 ? splits[1] - splits[0] : 1) * (unit === 'percentunit' ? 100 : 1);
  const isWhole = (value) => Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, value);
  const needed = [0, 1, 2, 3].find((count) => isWhole(gap * 10 ** count)) ?? 4;
  return splits.map((split) => format(split, unit === 'suffix: /s' ? 'short' : unit, unit === 'percentunit' || split < 1e4 ? needed : decimals));
}

function tick(at, increment) {
  const text = clock(at);
  return increment >= 60 ? text.slice(0, 5) : text;
}

function rule({ctx}, stroke, [x1, y1], [x2, y2]) {
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.restore();
}

function translucent(stroke, opacity) {
  return /^#[0-9a-f]{6}$/i.test(stroke) ? stroke + Math.round(opacity * 255).toString(16).padStart(2, '0') : stroke;
}
