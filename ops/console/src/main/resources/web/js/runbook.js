import {get} from './api.js';
import {el} from './dom.js';
import {fromMarkdown} from './markdown.js';

/** Where an alert's runbook is read: here if this platform has it, else at the address that its rule gives; null for none. */
export function runbookOf(alert) {
  return alert.runbook?.endsWith(`/${alert.name}.md`) ? `/runbooks/${encodeURIComponent(alert.name)}` : /^https?:/.test(alert.runbook ?? '') ? alert.runbook : null;
}

/** The runbook of one alert. */
export class RunbookView {
  constructor(alert) {
    this.alert = alert;
    this.title = alert;
    this.pause = 0;
    this.element = el('article', {class: 'text runbook'});
  }

  async open() {
    await this.refresh();
  }

  async refresh() {
    const {markdown} = await get(`/api/runbooks/${encodeURIComponent(this.alert)}`);
    this.element.replaceChildren(...fromMarkdown(markdown));
  }

  close() {}

  repaint() {}
}
