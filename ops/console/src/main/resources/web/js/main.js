import {change, read} from './address.js';
import {get} from './api.js';
import {DashboardView} from './dashboard.js';
import {el, setText} from './dom.js';
import {ago} from './format.js';
import {language, phrase, speak, t} from './i18n.js';
import {RollCallView} from './rollcall.js';
import {RunbookView} from './runbook.js';
import {RANGES, REFRESHES, seconds} from './time.js';

const main = document.getElementById('main');
const notice = document.getElementById('notice');
const dark = matchMedia('(prefers-color-scheme: dark)');
let view = null;
let dashboards = [];
let goodAt = Date.now();
let timer = 0;
let busy = false;

/** Asks the view for news, and again when the interval is over; one round at a time. */
const clockwork = {
  async now() {
    clearTimeout(timer);
    if (busy) {
      timer = setTimeout(clockwork.now, 200);
      return;
    }
    busy = true;
    const asked = view;
    try {
      await asked.refresh();
      clockwork.well();
    } catch (trouble) {
      if (view === asked) {
        clockwork.report(trouble);
      }
    } finally {
      busy = false;
      clockwork.later();
    }
  },
  later() {
    clearTimeout(timer);
    const pause = view.pause ?? (seconds(read().refresh ?? '5s') ?? 0) * 1000;
    if (pause) {
      timer = setTimeout(clockwork.now, document.hidden ? pause * 4 : pause);
    }
  },
  well() {
    goodAt = Date.now();
    notice.hidden = true;
    setText(notice, '');
  },
  report(trouble) {
    const since = ago((Date.now() - goodAt) / 1000);
    const key = {'prometheus-away': 'trouble.prometheus', 'console-away': 'trouble.console'}[trouble.type];
    setText(notice, key ? t(key, {since}) : trouble.message);
    notice.hidden = false;
    if (!trouble.type) {
      throw trouble;
    }
  },
};

async function show() {
  clearTimeout(timer);
  view?.close();
  const {dashboard, runbook} = read();
  const shown = dashboard ? new DashboardView(dashboard, clockwork) : runbook ? new RunbookView(runbook) : new RollCallView();
  view = shown;
  main.replaceChildren(view.element);
  drawControls();
  try {
    await shown.open();
    clockwork.well();
  } catch (trouble) {
    if (view !== shown) {
      return;
    }
    if (['dashboard-unknown', 'dashboard-unreadable', 'runbook-unknown'].includes(trouble.type)) {
      view.element.replaceChildren(el('p', {class: 'note'}, trouble.message));
      view.pause = 0;
      return;
    }
    clockwork.report(trouble);
  }
  if (view !== shown) {
    return;
  }
  drawControls();
  document.title = `${view.title ?? t('nav.rollcall')} · Rollcall`;
  clockwork.later();
}

function drawControls() {
  const {dashboard, runbook, from, to, refresh} = read();
  const nav = document.getElementById('nav');
  const kept = new URLSearchParams(Object.entries({from, to, refresh}).filter(([, value]) => value));
  const suffix = kept.size ? `?${kept}` : '';
  const link = (path, text, isHere) => el('a', {href: path + suffix, 'aria-current': isHere ? 'page' : null}, text);
  nav.replaceChildren(
    link('/', t('nav.rollcall'), !dashboard && !runbook),
    ...dashboards.map(({uid, title, problem}) =>
      problem
        ? el('a', {href: `/d/${encodeURIComponent(uid)}`, class: 'bad', title: problem, 'aria-current': uid === dashboard ? 'page' : null}, `⚠ ${title}`)
        : link(`/d/${encodeURIComponent(uid)}`, phrase(title), uid === dashboard)),
  );
  const chosen = from ?? view.from ?? 'now-15m';
  choices('range', [...new Set([...RANGES, chosen])], chosen, (it) => it.startsWith('now-') ? t('time.last', {span: it.slice(4)}) : t('time.fixed'));
  choices('refresh', REFRESHES, refresh ?? '5s', (it) => (it === 'off' ? t('time.off') : t('time.every', {span: it})));
  document.querySelector('.tools').classList.toggle('untimed', !dashboard);
}

function choices(id, values, chosen, text) {
  document.getElementById(id).replaceChildren(
    ...values.map((value) => el('option', {value, selected: value === chosen}, text(value))));
}

function paint() {
  const theme = read().theme ?? localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light');
  document.documentElement.dataset.theme = theme === 'light' ? 'light' : 'dark';
  view?.repaint();
}

async function translate() {
  const preferred = navigator.language.startsWith('zh') ? 'zh' : 'en';
  await speak(read().language ?? localStorage.getItem('language') ?? preferred);
  const other = document.getElementById('language');
  other.lang = language() === 'en' ? 'zh' : 'en';
  setText(other, language() === 'en' ? '中文' : 'English');
}

document.getElementById('range').addEventListener('change', ({target}) => {
  change({from: target.value, to: 'now'});
  drawControls();
  clockwork.now();
});
document.getElementById('refresh').addEventListener('change', ({target}) => {
  change({refresh: target.value});
  drawControls();
  clockwork.now();
});
document.getElementById('theme').addEventListener('click', () => {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', next);
  change({theme: null});
  paint();
});
document.getElementById('language').addEventListener('click', async () => {
  localStorage.setItem('language', language() === 'en' ? 'zh' : 'en');
  change({lang: null});
  await translate();
  await show();
});
dark.addEventListener('change', paint);
document.addEventListener('visibilitychange', () => document.hidden || clockwork.now());

/** Links within the console change the view, not the page. */
document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[href]');
  if (!anchor || event.button || event.metaKey || event.ctrlKey || event.shiftKey || anchor.classList.contains('skip')) {
    return;
  }
  const url = new URL(anchor.href);
  if (url.origin === location.origin && (url.pathname === '/' || url.pathname.startsWith('/d/') || url.pathname.startsWith('/runbooks/'))) {
    event.preventDefault();
    history.pushState(null, '', url);
    main.focus({preventScroll: true});
    scrollTo(0, 0);
    show();
  }
});
addEventListener('popstate', show);

paint();
await translate();
try {
  dashboards = (await get('/api/dashboards')).items;
} catch (trouble) {
  clockwork.report(trouble);
}
await show();
