import {follow} from './address.js';
import {el} from './dom.js';

/** What is kept of HTML, without any attribute but where a link leads; the text of everything else is. */
const KEPT = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'strong', 'b', 'em', 'i', 'code', 'pre', 'blockquote', 'br', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'center'];
const DROPPED = ['script', 'style', 'template', 'iframe', 'object', 'embed', 'noscript', 'head', 'title'];

/** The usual part of Markdown as elements: headings, paragraphs, lists, quotes, code, emphasis, links. HTML in it is text. */
export function fromMarkdown(text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks = [];
  while (lines.length) {
    blocks.push(block(lines));
  }
  return blocks.filter(Boolean);
}

/** HTML as elements, without what could do anything. It is parsed in a document of its own, where nothing is loaded or run. */
export function fromHtml(text) {
  // dropped anyway, but the page's Content-Security-Policy complains while they are parsed
  const unstyled = text.replace(/<[^>]*>/g, (tag) => tag.replace(/^<(\/?)style\b/i, '<$1template').replace(/\sstyle\s*=/gi, ' data-style='));
  return [...new DOMParser().parseFromString(unstyled, 'text/html').body.childNodes].flatMap(safe);
}

function safe(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return [node.textContent];
  }
  const tag = node.nodeName.toLowerCase();
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.includes(tag)) {
    return [];
  }
  const children = [...node.childNodes].flatMap(safe);
  if (tag === 'a') {
    return [link(node.getAttribute('href') ?? '', children)];
  }
  if (tag === 'img') {
    return [node.getAttribute('alt') ?? ''];
  }
  return KEPT.includes(tag) ? [el(tag, {}, children)] : tag === 'div' ? [el('div', {}, children)] : children;
}

/** A link that leads to the web or within the console; any other is its text. */
function link(url, children) {
  const href = follow({url});
  return href ? el('a', {href, rel: 'noreferrer noopener', target: href.startsWith('/') ? null : '_blank'}, children) : el('span', {}, children);
}

/** Takes the lines of the next block. */
function block(lines) {
  const line = lines.shift();
  const [, fence] = /^\s*(```|~~~)/.exec(line) ?? [];
  if (fence) {
    const code = taken(lines, (it) => !it.trim().startsWith(fence));
    lines.shift();
    return el('pre', {}, code.join('\n'));
  }
  const [, marks, heading] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) ?? [];
  if (marks) {
    // the page has its own first three levels
    return el(`h${Math.min(6, marks.length + 3)}`, {class: `level-${marks.length}`}, inline(heading));
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
    return el('hr');
  }
  if (ITEM.test(line)) {
    const items = [line, ...taken(lines, (it) => ITEM.test(it) || /^\s+\S/.test(it))];
    return list(items);
  }
  if (/^\s*>/.test(line)) {
    const quoted = [line, ...taken(lines, (it) => /^\s*>/.test(it))].map((it) => it.replace(/^\s*>\s?/, ''));
    return el('blockquote', {}, fromMarkdown(quoted.join('\n')));
  }
  if (!line.trim()) {
    return null;
  }
  return el('p', {}, inline([line, ...taken(lines, (it) => it.trim() && !ITEM.test(it) && !/^(#{1,6}\s|\s*(```|~~~|>))/.test(it))].join('\n')));
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** Further lines of an item are its own; lists in it are not told apart. */
function list(lines) {
  const items = [];
  for (const line of lines) {
    ITEM.test(line) ? items.push(line.replace(ITEM, '')) : (items[items.length - 1] += `\n${line.trim()}`);
  }
  return el(/^\s*\d/.test(lines[0]) ? 'ol' : 'ul', {}, items.map((it) => el('li', {}, inline(it))));
}

function taken(lines, belongs) {
  const end = lines.findIndex((it) => !belongs(it));
  return lines.splice(0, end < 0 ? lines.length : end);
}

const INLINE = /`([^`]+)`|!\[([^\]]*)\]\([^)]*\)|\[([^\]]+)\]\(([^)\s]*)[^)]*\)|<(https?:\/\/[^>\s]+)>|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\b_([^_\s][^_]*)_\b/g;

/** Text with emphasis, code and links; an image is its description, as the page loads nothing from elsewhere. */
function inline(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, image, label, url, address, strong, bold, em, italic] = found;
    parts.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (code !== undefined) {
      parts.push(el('code', {}, code));
    } else if (image !== undefined) {
      parts.push(image);
    } else if (label !== undefined) {
      parts.push(link(url, inline(label)));
    } else if (address !== undefined) {
      parts.push(link(address, [address]));
    } else {
      parts.push(el((strong ?? bold) !== undefined ? 'strong' : 'em', {}, inline(strong ?? bold ?? em ?? italic)));
    }
  }
  return [...parts, text.slice(end)];
}
