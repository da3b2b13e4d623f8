import {el} from '../dom.js';
import {fromHtml, fromMarkdown} from '../markdown.js';

/** A text of its author's. It is built of elements, one by one: nothing in it can be markup or script of its own. */
export class Text {
  constructor(panel) {
    this.panel = panel;
    this.element = el('div', {class: 'text', tabindex: '0', role: 'group', 'aria-label': panel.title || 'text'});
  }

  /** @param fill replaces variables */
  show(fill) {
    const {content, isHtml, isCode} = this.panel.options;
    const text = fill(content);
    if (text !== this.shown) {
      this.shown = text;
      this.element.replaceChildren(...(isCode ? [el('pre', {}, text)] : isHtml ? fromHtml(text) : fromMarkdown(text)));
    }
  }

  repaint() {}

  destroy() {}
}
