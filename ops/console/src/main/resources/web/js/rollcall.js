import {get, query} from './api.js';
import {arrange, el, setText} from './dom.js';
import {ago, format} from './format.js';
import {t} from './i18n.js';
import {Picture} from './picture.js';
import {runbookOf} from './runbook.js';

const METRICS_EVERY = 5000;
/** How long the card of an instance that left is still shown. */
const GHOST = 8000;

const FIGURES = {
  orders: {expr: 'sum(rate(orders_processed_total[30s]))', unit: 'suffix: /s'},
  success: {expr: 'sum(rate(orders_processed_total{result="success"}[5m])) / (sum(rate(orders_processed_total[5m])) > 0)', unit: 'percentunit'},
  p95: {expr: 'histogram_quantile(0.95, sum by (le) (rate(order_processing_seconds_bucket[1m])))', unit: 's'},
  redemptions: {expr: 'sum(rate(coupon_redemptions_total{result!~"replayed|released"}[30s]))', unit: 'suffix: /s'},
};
const RATES = 'sum by (job) (rate(http_requests_total[30s]))';
const ERRORS = 'sum by (job) (rate(http_requests_total{code=~"5.."}[30s]))';
const CALLS = 'count by (job, service) (discovery_instances)';
const NOTIFICATIONS = 'sum by (channel, result) (alert_notifications_total)';
// what somebody should know of; other results are steps on the way of a notification
const UNDELIVERED = ['refused', 'not_stored', 'failed', 'dead', 'corrupt'];

/** Who is there: every instance with what Consul and Prometheus say of it, as it changes. */
export class RollCallView {
  constructor() {
    this.pause = 1000;
    this.cards = new Map();
    this.groups = new Map();
    this.metricsAt = 0;
    this.metrics = {rates: new Map(), errors: new Map(), calls: []};
    this.picture = new Picture();
    this.title = t('nav.rollcall');
    this.verdict = el('h1', {class: 'verdict'});
    this.sources = el('p', {class: 'sources'});
    this.figures = el('dl', {class: 'figures'});
    this.alerts = el('ul', {class: 'alerts'});
    this.notifications = el('ul', {class: 'notifications'});
    this.services = el('div', {class: 'services'});
    this.element = el(
      'div',
      {class: 'rollcall', 'data-complete': ''},
      el('div', {class: 'banner'}, el('span', {class: 'lamp', 'aria-hidden': 'true'}), el('div', {}, this.verdict, this.sources), this.figures),
      el(
        'div',
        {class: 'upper'},
        box('picture-title', t('picture.title'), this.picture.element),
        el('div', {class: 'side'}, box('alerts-title', t('alerts.title'), this.alerts), box('notifications-title', t('notifications.title'), this.notifications)),
      ),
      this.services,
    );
  }

  async open() {
    await this.refresh();
  }

  async refresh() {
    const call = await get('/api/roll-call');
    this.show(call);
    if (Date.now() - this.metricsAt > METRICS_EVERY) {
      this.metricsAt = Date.now();
      await this.measure();
      this.showMeasured(call);
    }
  }

  close() {}

  repaint() {}

  async measure() {
    const figures = Object.entries(FIGURES);
    const [rates, errors, calls, notifications, ...values] = await Promise.all([
      query(RATES), query(ERRORS), query(CALLS), query(NOTIFICATIONS), ...figures.map(([, {expr}]) => query(expr))]);
    const byJob = (series) => new Map(series.map(({metric, value}) => [metric.job, value]));
    this.metrics = {rates: byJob(rates), errors: byJob(errors), calls: calls.map(({metric}) => [metric.job, metric.service])};
    this.figures.replaceChildren(
      ...figures.map(([name, {unit}], i) =>
        el('div', {}, el('dt', {}, t(`figure.${name}`)), el('dd', {}, format(values[i][0]?.value, unit)))));
    this.showNotifications(notifications);
  }

  show(call) {
    const here = call.instances.filter((it) => it.accountedFor).length;
    const total = call.instances.length;
    this.element.dataset.complete = String(call.complete);
    setText(this.verdict, call.complete ? t('verdict.complete', {n: total}) : t('verdict.incomplete', {n: here, total}));
    setText(document.getElementById('announcer'), this.verdict.textContent);
    this.showSources(call);
    this.showAlerts([...call.alerts, ...call.instances.flatMap((it) => it.alerts)]);
    this.showCards(call);
    this.showMeasured(call);
  }

  showMeasured({instances}) {
    const counts = Map.groupBy(instances, (it) => it.service);
    for (const [service, group] of this.groups) {
      const number = counts.get(service)?.length ?? 0;
      const rate = this.metrics.rates.get(service);
      const count = t(number === 1 ? 'service.one' : 'service.many', {n: number});
      setText(group.count, rate === undefined ? count : `${count} · ${format(rate, 'reqps')}`);
    }
    this.picture.draw(instances, this.metrics);
  }

  showSources({at, sources}) {
    const parts = Object.entries(sources).map(([name, source]) => {
      const label = t(`source.${name}`);
      if (!source.trouble) {
        return el('span', {}, t('source.answers', {name: label}));
      }
      const age = source.at ? ago((Date.parse(at) - Date.parse(source.at)) / 1000) : '';
      return el('strong', {class: 'bad', title: source.trouble}, source.at ? t('source.away', {name: label, age}) : t('source.never', {name: label}));
    });
    this.sources.replaceChildren(...parts);
  }

  showAlerts(alerts) {
    const rank = {urgent: 0, critical: 1, warning: 2};
    const firing = alerts.toSorted((a, b) => a.state.localeCompare(b.state) || (rank[a.severity] ?? 3) - (rank[b.severity] ?? 3));
    const shown = JSON.stringify(firing.map(({name, severity, state, job, instance, summary}) => [name, severity, state, job, instance, summary, t('alerts.none')]));
    if (this.alerts.dataset.shown === shown) {
      // the links keep their focus while only time goes by
      this.alerts.querySelectorAll('time').forEach((time) => setText(time, ago((Date.now() - Date.parse(time.dateTime)) / 1000)));
      return;
    }
    this.alerts.dataset.shown = shown;
    const items = firing.map((alert) =>
      el(
        'li',
        {class: 'alert', 'data-severity': alert.severity, 'data-state': alert.state},
        el('span', {class: 'badge'}, t(alert.state === 'firing' ? `severity.${alert.severity}` : 'alert.pending')),
        nameOf(alert),
        el('span', {class: 'text'}, alert.summary),
        el('time', {datetime: alert.since}, ago((Date.now() - Date.parse(alert.since)) / 1000)),
      ));
    this.alerts.replaceChildren(...(items.length ? items : [el('li', {class: 'quiet'}, el('span', {class: 'sign', 'aria-hidden': 'true'}, '✓'), t('alerts.none'))]));
  }

  showNotifications(series) {
    const channels = new Map();
    for (const {metric, value} of series) {
      const channel = channels.get(metric.channel) ?? {};
      channels.set(metric.channel, {...channel, [metric.result]: value});
    }
    const rows = [...channels].sort().map(([channel, results]) =>
      el(
        'li',
        {},
        el('span', {class: 'name'}, channel),
        ...Object.entries(results).filter(([result, count]) => result === 'delivered' || (UNDELIVERED.includes(result) && count > 0)).sort().map(
          ([result, count]) => el('span', {class: result === 'delivered' ? 'value' : 'value bad'}, t(`notifications.${result}`, {n: format(count, 'short', 0)}))),
      ));
    this.notifications.replaceChildren(...(rows.length ? rows : [el('li', {class: 'quiet'}, t('notifications.none'))]));
  }

  showCards({at, instances, sources}) {
    const now = Date.now();
    const known = new Set();
    for (const [key, row] of keyed(instances)) {
      known.add(key);
      const card = this.cards.get(key) ?? this.newCard(key, row);
      card.goneAt = null;
      fill(card, row, Date.parse(sources.prometheus.at ?? at));
    }
    for (const [key, card] of this.cards) {
      if (!known.has(key)) {
        card.goneAt ??= now;
        card.element.dataset.state = 'left';
        setText(card.detail, t('card.left'));
        if (now - card.goneAt > GHOST) {
          this.cards.delete(key);
        }
      }
    }
    const cards = Map.groupBy([...this.cards.entries()].sort(([a], [b]) => a.localeCompare(b)), ([, card]) => card.service);
    arrange(this.services, [...cards.keys()].sort().map((service) => this.group(service, cards.get(service))));
    this.isOld = true;
  }

  group(service, cards) {
    const group = this.groups.get(service) ?? this.newGroup(service);
    arrange(group.list, cards.map(([, card]) => card.element));
    group.element.style.flexBasis = `${cards.length * 266 - 8}px`;
    return group.element;
  }

  newGroup(service) {
    // a name may have blanks, which part one id from the next
    const title = `service-${this.groups.size}`;
    const group = {list: el('ul', {class: 'cards'}), count: el('span', {class: 'count'})};
    group.element = el('section', {class: 'service', 'aria-labelledby': title}, el('h2', {id: title}, el('span', {}, service), group.count), group.list);
    this.groups.set(service, group);
    return group;
  }

  newCard(key, row) {
    const card = {service: row.service};
    card.check = pill();
    card.target = pill();
    card.scraped = el('span', {class: 'scraped'});
    card.detail = el('p', {class: 'detail'});
    card.alerts = el('ul', {class: 'card-alerts'});
    card.version = el('span', {class: 'version'});
    card.element = el(
      'li',
      {class: 'card', 'data-instance': row.id, 'data-new': this.isOld},
      el('h3', {}, el('a', {href: `/d/rollcall-runtime?var-job=${encodeURIComponent(row.service)}&var-instance=${encodeURIComponent(row.id)}`, title: row.id}, row.address || row.id), card.version),
      el('dl', {}, el('dt', {}, 'Consul'), el('dd', {}, card.check), el('dt', {}, 'Prometheus'), el('dd', {}, card.target, card.scraped)),
      card.detail,
      card.alerts,
    );
    this.cards.set(key, card);
    return card;
  }
}

/** An alert's name, which leads to its runbook. */
function nameOf(alert) {
  const href = runbookOf(alert);
  return href ? el('a', {class: 'name', href, title: t('alert.runbook')}, alert.name) : el('span', {class: 'name'}, alert.name);
}

/** Rows by what tells them apart: an id is not unique beyond its node, so that two of a service may have the same. */
function keyed(rows) {
  const name = (row) => JSON.stringify([row.service, row.id]);
  const counts = Map.groupBy(rows, name);
  return rows.map((row) => {
    const same = counts.get(name(row));
    return [same.length === 1 ? name(row) : `${name(row)} ${row.address} ${same.filter((it) => it.address === row.address).indexOf(row)}`, row];
  });
}

function fill(card, row, asked) {
  card.element.dataset.state = row.accountedFor ? 'well' : row.check === 'critical' || row.target === 'down' ? 'bad' : 'odd';
  show(card.check, `check.${row.check}`, {passing: 'well', critical: 'bad'}[row.check] ?? 'odd');
  show(card.target, `target.${row.target}`, {up: 'well', down: 'bad'}[row.target] ?? 'odd');
  setText(card.scraped, row.lastScrape ? ago((asked - Date.parse(row.lastScrape)) / 1000) : '');
  card.scraped.title = row.lastScrape ? t('card.took', {time: format(row.scrapeSeconds, 's')}) : '';
  setText(card.version, row.version);
  // that it was asked is plain, and where stands above: what came of it is not
  setText(card.detail, row.detail.replace(/^Get "[^"]*": /, ''));
  card.detail.title = row.detail;
  const alerts = row.alerts.map((alert) => `${alert.state} ${alert.severity} ${alert.name}`).join();
  if (card.alerts.dataset.shown !== alerts) {
    card.alerts.dataset.shown = alerts;
    card.alerts.replaceChildren(
      ...row.alerts.map((alert) =>
        el('li', {class: 'alert', 'data-severity': alert.severity, 'data-state': alert.state}, el('span', {class: 'badge'}, t(alert.state === 'firing' ? `severity.${alert.severity}` : 'alert.pending')), el('span', {class: 'name'}, alert.name))));
  }
}

const SIGNS = {well: '✓', bad: '✕', odd: '!'};

function pill() {
  const sign = el('span', {class: 'sign', 'aria-hidden': 'true'});
  const text = el('span');
  return el('span', {class: 'pill'}, sign, text);
}

function show(element, key, level) {
  element.dataset.level = level;
  setText(element.children[0], SIGNS[level]);
  setText(element.children[1], t(key));
}

function box(id, title, content) {
  return el('section', {class: 'box', 'aria-labelledby': id}, el('h2', {id}, title), content);
}
