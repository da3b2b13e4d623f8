import {get} from './api.js';
import {el} from './dom.js';
import {fromMarkdown} from './markdown.js';

/** Where an alert's runbook is: here for the rules of this project, else at the address that the rule gives; null for none. */
export function runbookOf(alert) {
  return alert.runbook?.endsWith(`/ops/runbooks/${alert.name}.md`) ? `/runbooks/${encodeURIComponent(alert.name)}` : /^https?:/.test(alert.runbook ?? '') ? alert.runbook : null;
}

/** The runbook of one alert. */
export class RunbookView {
  constructor(alert) {
    this.alert = alert;
    this.title = alert;
    this.pause = 5000;
    this.element = el('article', {class: 'text runbook'});
  }

  async open() {
    await this.refresh();
  }

  async refresh() {
    const {markdown} = await get(`/api/runbooks/${encodeURIComponent(this.alert)}`);
    // runbooks link to each other as files
    this.element.replaceChildren(...fromMarkdown(markdown.replace(/\]\((\w+)\.md\)/g, '](/runbooks/$1)').replace(/\[([^\]]+)\]\(\.\.[^)]*\)/g, '$1')));
    this.pause = 0;
  }

  close() {}

  repaint() {}
}
