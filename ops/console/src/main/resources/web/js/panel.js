import {follow} from './address.js';
import {query, queryRange} from './api.js';
import {el, setText} from './dom.js';
import {ago} from './format.js';
import {phrase, t} from './i18n.js';
import {Bars} from './panels/bars.js';
import {Stat} from './panels/stat.js';
import {Table} from './panels/table.js';
import {TimeSeries} from './panels/timeseries.js';
import {expand, legend} from './template.js';

const KINDS = {timeseries: TimeSeries, stat: Stat, table: Table, bargauge: Bars};

/** A panel of a dashboard in its frame. It keeps what it drew last while nothing newer is to be had. */
export class Panel {
  constructor(definition) {
    this.definition = definition;
    this.view = new KINDS[definition.type](definition);
    this.note = el('p', {class: 'note', hidden: true});
    const title = `panel-${definition.id}`;
    const about = el('p', {class: 'about', id: `${title}-about`, hidden: true}, phrase(definition.description));
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
    const link = definition.links?.[0];
    const name = phrase(definition.title);
    this.lead = link ? el('a', {title: phrase(link.title)}, name) : null;
    this.element = el(
      'section',
      {class: `panel ${definition.type}-panel`, 'aria-labelledby': title, 'data-state': 'loading', 'data-panel': definition.id},
      el('header', {}, el('h3', {id: title}, this.lead ?? name), info),
      about,
      this.note,
      this.view.element,
    );
    const {x, y, w, h} = definition.gridPos;
    this.element.style.gridColumn = `${x + 1} / span ${w}`;
    this.element.style.gridRow = `${y + 1} / span ${h}`;
  }

  /** Asks for what it shows and draws it. */
  async refresh(context) {
    if (this.lead) {
      this.lead.href = follow(this.definition.links[0]);
    }
    try {
      const answers = await Promise.all(this.definition.targets.map((target) => this.ask(target, context)));
      const series = answers.flat();
      if (context.isOver()) {
        return;
      }
      this.drawnAt = Date.now();
      this.note.hidden = series.length > 0;
      setText(this.note, series.length > 0 ? '' : t('panel.empty'));
      this.view.element.hidden = series.length === 0;
      if (series.length > 0) {
        this.view.draw(series, context.range, context.events());
      }
      this.element.dataset.state = series.length > 0 ? 'drawn' : 'empty';
    } catch (trouble) {
      this.note.hidden = false;
      setText(this.note, this.drawnAt ? t('panel.old', {age: ago((Date.now() - this.drawnAt) / 1000)}) : trouble.message || t('trouble.console'));
      this.element.dataset.state = 'failed';
      throw trouble;
    }
  }

  destroy() {
    this.view.destroy();
  }

  async ask(target, {range, variables, chosen}) {
    const expr = expand(target.expr, range, variables, chosen);
    const named = (series) => ({
      ...series,
      refId: target.refId,
      name: legend(target.legendFormat, series.metric, phrase(this.definition.title)),
    });
    if (target.instant) {
      const answer = await query(expr, range.isPast ? range.to : null);
      return answer.map(({metric, value}) => named({metric, values: [[range.to, value]]}));
    }
    return (await queryRange(expr, range)).map(named);
  }
}
