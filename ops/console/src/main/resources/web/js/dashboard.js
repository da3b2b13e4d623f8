import {read} from './address.js';
import {get, queryRange} from './api.js';
import {arrange, el, setText} from './dom.js';
import {clock} from './format.js';
import {phrase, t} from './i18n.js';
import {dashboard} from './model/dashboard.js';
import {sections} from './model/layout.js';
import {color} from './palette.js';
import {Panel} from './panel.js';
import {expand, fill, legend} from './template.js';
import {range} from './time.js';
import {Variables} from './variables.js';

/** A dashboard file of Grafana's, drawn and kept up to date until it is left. */
export class DashboardView {
  constructor(uid, clockwork) {
    this.uid = uid;
    this.clockwork = clockwork;
    this.element = el('div', {class: 'dashboard', 'data-dashboard': uid});
    this.visible = new Set();
    this.isOver = false;
    this.events = [];
    this.rows = new Map();
    this.panels = new Map();
  }

  async open() {
    this.definition = dashboard(await get(`/api/dashboards/${encodeURIComponent(this.uid)}`));
    const {title, description, variables} = this.definition;
    this.title = phrase(title) || this.uid;
    this.from = this.definition.time.from;
    this.variables = new Variables(variables, read().variables, () => this.clockwork.now());
    this.key = el('ul', {class: 'events', 'aria-label': t('events.title')});
    this.remark = el('p', {class: 'remark', hidden: true});
    this.body = el('div', {class: 'sections'});
    // what is out of sight is not asked for
    this.sight = new IntersectionObserver((entries) => this.see(entries), {rootMargin: '120px'});
    this.element.replaceChildren(
      el('div', {class: 'head'}, el('h1', {}, this.title), el('p', {class: 'lede'}, phrase(description)), this.key, this.variables.element),
      this.remark,
      this.body,
    );
    await this.refresh();
  }

  /** Asks again for all that is in sight; where not even the file could be had, for that. */
  async refresh() {
    if (!this.definition) {
      await this.open();
      return;
    }
    const {from, to} = read();
    const {time} = this.definition;
    this.range = range(from ?? time.from, to ?? time.to);
    this.trouble = [];
    // choices and events come first: the panels need them, but do without
    const first = all([this.variables.refresh(this.range), this.findEvents()]);
    await first.catch(() => {});
    this.place();
    this.say([...this.definition.remarks, ...this.variables.remarks, ...this.trouble]);
    await all([first, this.draw([...this.visible])]);
  }

  close() {
    this.isOver = true;
    this.sight?.disconnect();
    this.panels.forEach((panel) => panel.destroy());
  }

  repaint() {
    this.panels.forEach((panel) => panel.repaint());
  }

  say(remarks) {
    const text = remarks.map(({key, values}) => t(key, values)).join(' · ');
    this.remark.hidden = !text;
    setText(this.remark, text);
  }

  /** Sets the panels into their places, which change only where one repeats for each of the chosen values. */
  place() {
    const placed = sections(this.definition.rows, (name) => this.variables.values(name));
    const shape = JSON.stringify(placed.map(({key, panels}) => [key, panels.map((it) => it.key)]));
    if (shape !== this.shape) {
      this.shape = shape;
      this.sight.disconnect();
      this.visible.clear();
      this.panels.forEach((panel) => panel.destroy());
      this.panels.clear();
      this.rows.clear();
      arrange(this.body, placed.map((it) => this.section(it)));
    }
    for (const {title, scope, key} of placed) {
      setText(this.rows.get(key), fill(phrase(title), {range: this.range, variables: this.variables.all, bound: scope}));
    }
  }

  section({key, title, isHeaded, isCollapsed, panels}) {
    const grid = el('div', {class: 'grid', hidden: isCollapsed});
    for (const definition of panels) {
      const panel = new Panel(definition, this.panels.size);
      this.panels.set(panel.element, panel);
      grid.append(panel.element);
      this.sight.observe(panel.element);
    }
    const name = el('span', {}, phrase(title));
    this.rows.set(key, name);
    const fold = el('button', {
      type: 'button',
      'aria-expanded': String(!isCollapsed),
      click: () => {
        grid.hidden = !grid.hidden;
        fold.setAttribute('aria-expanded', String(!grid.hidden));
      },
    }, name, el('span', {class: 'count'}, t(panels.length === 1 ? 'row.one' : 'row.many', {n: panels.length})));
    return el('section', {class: 'section'}, isHeaded ? el('h2', {class: 'row'}, fold) : null, grid);
  }

  see(entries) {
    const seen = [];
    for (const {target, isIntersecting} of entries) {
      const panel = this.panels.get(target);
      if (panel && isIntersecting) {
        this.visible.add(panel);
        seen.push(panel);
      } else {
        this.visible.delete(panel);
      }
    }
    this.draw(seen).catch(this.clockwork.report);
  }

  async draw(panels) {
    const {range, variables} = this;
    const context = {range, variables: variables.all, isOver: () => this.isOver, events: () => this.events};
    await all(panels.map((panel) => panel.refresh(context)));
  }

  /** Deployments, changes of scale, alerts: where each began. */
  async findEvents() {
    const found = await Promise.all(this.definition.annotations.map((it) => this.find(it)));
    this.events = found.flat();
    this.key.replaceChildren(
      ...this.definition.annotations.map((annotation, i) => {
        const own = found[i].sort((a, b) => a.time - b.time);
        const what = own.map((it) => `${clock(it.time)} ${it.text}`).join('\n');
        const item = el('li', {'data-color': annotation.color, title: what || null}, `${phrase(annotation.name)} ${own.length}`);
        item.style.setProperty('--mark', color(annotation.color));
        return item;
      }));
  }

  async find({expr, color: mark, titleFormat, textFormat, name}) {
    try {
      const series = await queryRange(expand(expr, {range: this.range, variables: this.variables.all}), this.range);
      return series.flatMap(({metric, values}) =>
        values
          .filter(([time], i) => i === 0 || time - values[i - 1][0] > this.range.step * 1.5)
          .map(([time]) => ({time, color: mark, text: `${legend(titleFormat, metric, '')} ${legend(textFormat, metric, '')}`})));
    } catch (trouble) {
      if (trouble.isAway) {
        throw trouble;
      }
      this.trouble.push({key: 'annotation.failed', values: {name, reason: trouble.message}});
      return [];
    }
  }
}

/** Waits for all, then throws what one of them failed with. */
async function all(promises) {
  const outcomes = await Promise.allSettled(promises);
  const failed = outcomes.find(({status}) => status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}
