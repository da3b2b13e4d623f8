import {follow} from './address.js';
import {query, queryRange} from './api.js';
import {el, setText} from './dom.js';
import {ago} from './format.js';
import {phrase, t} from './i18n.js';
import {Bars} from './panels/bars.js';
import {Gauge} from './panels/gauge.js';
import {Heatmap} from './panels/heatmap.js';
import {Stat} from './panels/stat.js';
import {Table} from './panels/table.js';
import {Text} from './panels/text.js';
import {TimeSeries} from './panels/timeseries.js';
import {expand, fill, legend} from './template.js';
import {range as rangeOf} from './time.js';

const KINDS = {timeseries: TimeSeries, stat: Stat, gauge: Gauge, table: Table, bargauge: Bars, heatmap: Heatmap, text: Text};
/** More series than this are neither drawn nor told apart. */
const MOST = 100;

/**
 * A panel of a dashboard in its frame. It keeps what it drew last while nothing newer is to be had. What goes wrong in it
 * is said in its place and ends here, but that nobody answers: that is everybody's matter, and thrown.
 */
export class Panel {
  /** @param number tells it from the others of the page */
  constructor(definition, number) {
    this.definition = definition;
    this.note = el('p', {class: 'note', hidden: true});
    this.remark = el('p', {class: 'remark', hidden: true});
    const id = `panel-${number}`;
    const about = el('p', {class: 'about', id: `${id}-about`, hidden: true}, phrase(definition.description));
    const info = el('button', {
      type: 'button',
      class: 'info',
      title: phrase(definition.description),
      'aria-label': t('panel.about', {title: phrase(definition.title)}),
      'aria-expanded': 'false',
      'aria-controls': about.id,
      click: () => {
        about.hidden = !about.hidden;
        info.setAttribute('aria-expanded', String(!about.hidden));
      },
    }, 'i');
    this.link = definition.links[0];
    this.name = this.link ? el('a', {title: phrase(this.link.title)}) : el('span');
    this.element = el(
      'section',
      {class: `panel ${definition.kind ?? 'other'}-panel`, 'aria-labelledby': id, 'data-state': 'loading', 'data-panel': definition.id},
      el('header', {}, el('h3', {id}, this.name), definition.description ? info : null),
      about,
      this.note,
    );
    setText(this.name, phrase(definition.title));
    const {x, y, w, h} = definition.place;
    this.element.style.gridColumn = `${x + 1} / span ${w}`;
    this.element.style.gridRow = `${y + 1} / span ${h}`;
    if (definition.refusal) {
      this.say('refused', t(definition.refusal.key, definition.refusal.values));
      return;
    }
    try {
      this.view = new KINDS[definition.kind](definition);
      this.element.append(this.view.element, this.remark);
    } catch (bug) {
      this.fail(bug);
    }
  }

  /** Asks for what it shows and draws it. */
  async refresh({range, variables, isOver, events}) {
    const {scope: bound, targets, kind, timeFrom} = this.definition;
    const scope = {range: timeFrom ? rangeOf(`now-${timeFrom}`, 'now') : range, variables, bound};
    setText(this.name, fill(phrase(this.definition.title), scope));
    if (!this.view) {
      return;
    }
    try {
      if (this.link) {
        const href = follow({...this.link, url: expand(this.link.url, scope)});
        href ? this.name.setAttribute('href', href) : this.name.removeAttribute('href');
      }
      if (kind === 'text') {
        this.view.show((text) => fill(text, scope));
        this.element.dataset.state = 'drawn';
        return;
      }
      const answers = await Promise.allSettled(targets.map((target) => this.ask(target, scope)));
      const failures = answers.filter((it) => it.status === 'rejected').map((it) => it.reason);
      const away = failures.find((it) => it.isAway);
      if (away || failures.length === targets.length) {
        throw away ?? failures[0];
      }
      const series = answers.flatMap((it) => it.value ?? []);
      if (!isOver()) {
        this.draw(series, failures, scope, events());
      }
    } catch (trouble) {
      this.fail(trouble);
      if (trouble.isAway) {
        throw trouble;
      }
    }
  }

  draw(series, failures, scope, events) {
    const isEmpty = series.length === 0;
    this.drawnAt = Date.now();
    this.view.element.hidden = isEmpty;
    if (!isEmpty) {
      this.view.draw(series.slice(0, MOST), scope.range, events);
    }
    this.say(isEmpty ? 'empty' : 'drawn', isEmpty ? t('panel.empty') : '');
    const remarks = [
      ...this.definition.remarks.map(({key, values}) => t(key, values)),
      ...failures.map((it) => it.message),
      ...(series.length > MOST ? [t('panel.many', {shown: MOST, total: series.length})] : []),
    ];
    this.remark.hidden = remarks.length === 0;
    this.remark.title = remarks.join('\n');
    setText(this.remark, remarks.join(' · '));
  }

  fail(trouble) {
    if (!trouble.type) {
      // a bug of ours: for whoever looks into it
      console.warn(trouble);
    }
    const reason = trouble.type ? trouble.message || t('trouble.console') : t('panel.failed', {reason: trouble.message});
    this.say('failed', this.drawnAt && trouble.isAway ? t('panel.old', {age: ago((Date.now() - this.drawnAt) / 1000)}) : reason);
  }

  say(state, text) {
    this.element.dataset.state = state;
    this.note.hidden = !text;
    setText(this.note, text);
  }

  repaint() {
    this.view?.repaint();
  }

  destroy() {
    this.view?.destroy();
  }

  async ask(target, scope) {
    const {range} = scope;
    const expr = expand(target.expr, scope);
    const named = (series) => ({
      ...series,
      refId: target.refId,
      isHistogram: target.isHistogram,
      name: legend(fill(target.legend, scope), series.metric, fill(phrase(this.definition.title), scope)),
    });
    if (target.isInstant) {
      const answer = await query(expr, range.isPast ? range.to : null);
      return answer.map(({metric, value}) => named({metric, values: [[range.to, value]]}));
    }
    return (await queryRange(expr, range)).map(named);
  }
}
