import {change, read} from './address.js';
import {get, queryRange} from './api.js';
import {el} from './dom.js';
import {clock} from './format.js';
import {phrase, t} from './i18n.js';
import {Panel} from './panel.js';
import {ALL, expand, legend, options} from './template.js';
import {range} from './time.js';

/** A dashboard file of Grafana's, drawn and kept up to date until it is left. */
export class DashboardView {
  constructor(uid, clockwork) {
    this.uid = uid;
    this.clockwork = clockwork;
    this.element = el('div', {class: 'dashboard', 'data-dashboard': uid});
    this.visible = new Set();
    this.isOver = false;
    this.events = [];
  }

  async open() {
    this.definition = await get(`/api/dashboards/${encodeURIComponent(this.uid)}`);
    const {title, description, panels, templating} = this.definition;
    this.variables = templating.list;
    this.title = phrase(title);
    this.chosen = Object.fromEntries(
      this.variables.map(({name}) => [name, read().variables[name] ?? [ALL]]));
    this.fields = el('div', {class: 'variables'});
    this.key = el('ul', {class: 'events', 'aria-label': t('events.title')});
    const grid = el('div', {class: 'grid'});
    this.panels = new Map();
    // what is out of sight is not asked for
    this.sight = new IntersectionObserver((entries) => this.see(entries), {rootMargin: '120px'});
    for (const definition of panels) {
      if (definition.type === 'row') {
        const heading = el('h2', {class: 'row'}, phrase(definition.title));
        heading.style.gridRow = `${definition.gridPos.y + 1}`;
        grid.append(heading);
        continue;
      }
      const panel = new Panel(definition);
      this.panels.set(panel.element, panel);
      grid.append(panel.element);
      this.sight.observe(panel.element);
    }
    this.element.replaceChildren(
      el('div', {class: 'head'}, el('h1', {}, this.title), el('p', {class: 'lede'}, phrase(description)), this.key, this.fields),
      grid,
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
    // choices and events come first: the panels need them, but do without
    const first = all([this.offer(), this.findEvents()]);
    await first.catch(() => {});
    await all([first, this.draw([...this.visible])]);
  }

  close() {
    this.isOver = true;
    this.sight?.disconnect();
    this.panels?.forEach((panel) => panel.destroy());
  }

  repaint() {
    this.panels?.forEach((panel) => panel.view.repaint());
  }

  see(entries) {
    const seen = [];
    for (const {target, isIntersecting} of entries) {
      const panel = this.panels.get(target);
      if (isIntersecting) {
        this.visible.add(panel);
        seen.push(panel);
      } else {
        this.visible.delete(panel);
      }
    }
    if (this.range) {
      this.draw(seen).catch(this.clockwork.report);
    }
  }

  async draw(panels) {
    const {range, variables, chosen} = this;
    const context = {range, variables, chosen, isOver: () => this.isOver, events: () => this.events};
    await all(panels.map((panel) => panel.refresh(context)));
  }

  /** Deployments, changes of scale, alerts: where each began. */
  async findEvents() {
    const found = await Promise.all(
      this.definition.annotations.list.map(async (annotation) => {
        const expr = expand(annotation.expr, this.range, this.variables, this.chosen);
        const series = await queryRange(expr, this.range);
        return series.flatMap(({metric, values}) =>
          values
            .filter(([time], i) => i === 0 || time - values[i - 1][0] > this.range.step * 1.5)
            .map(([time]) => ({
              time,
              annotation: annotation.name,
              color: annotation.iconColor,
              text: `${legend(annotation.titleFormat, metric)} ${legend(annotation.textFormat, metric)}`,
            })));
      }));
    this.events = found.flat();
    this.key.replaceChildren(
      ...this.definition.annotations.list.map(({name, iconColor}) => {
        const own = this.events.filter((it) => it.annotation === name).sort((a, b) => a.time - b.time);
        const what = own.map((it) => `${clock(it.time)} ${it.text}`).join('\n');
        return el('li', {'data-color': iconColor, title: what || null}, `${phrase(name)} ${own.length}`);
      }));
  }

  /** The choices of each variable, as its query has them now. */
  async offer() {
    for (const variable of this.variables) {
      const {name, label} = variable;
      const values = await options(variable, this.range, this.variables, this.chosen);
      const chosen = this.chosen[name].length === 1 ? this.chosen[name][0] : ALL;
      const known = [ALL, ...new Set([...values, ...(chosen === ALL ? [] : [chosen])])];
      const old = this.fields.querySelector(`[name="var-${name}"]`);
      if (old && [...old.options].map((it) => it.value).join() === known.join()) {
        continue;
      }
      const select = old ?? el('select', {name: `var-${name}`, id: `var-${name}`, change: ({target}) => this.choose(name, target.value)});
      select.replaceChildren(...known.map((value) => el('option', {value, selected: value === chosen}, value === ALL ? t('all') : value)));
      if (!old) {
        this.fields.append(el('label', {class: 'field', for: select.id}, el('span', {}, phrase(label)), select));
      }
    }
  }

  choose(name, value) {
    this.chosen[name] = [value];
    change({[`var-${name}`]: value === ALL ? null : value});
    this.clockwork.now();
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
