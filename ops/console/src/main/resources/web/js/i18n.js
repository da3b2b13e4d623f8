const LANGUAGES = ['en', 'zh'];
let words = {};
let phrases = {};
let current = 'en';

/** Loads a language; what the page already shows is translated in place. */
export async function speak(language) {
  current = LANGUAGES.includes(language) ? language : 'en';
  const load = async (file) => (await fetch(`/i18n/${file}.json`)).json();
  [words, phrases] = await Promise.all([load(current), current === 'en' ? {} : load(`dashboards.${current}`)]);
  document.documentElement.lang = current === 'zh' ? 'zh-CN' : current;
  for (const element of document.querySelectorAll('[data-i18n]')) {
    element.textContent = t(element.dataset.i18n);
  }
  for (const element of document.querySelectorAll('[data-i18n-label]')) {
    element.setAttribute('aria-label', t(element.dataset.i18nLabel));
  }
}

export const language = () => current;
export const locale = () => document.documentElement.lang;

/** A text of ours, with {name} replaced. */
export function t(key, values = {}) {
  return (Object.hasOwn(words, key) ? words[key] : key).replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
}

/** A text of a dashboard file, which is in English. */
export function phrase(text) {
  return Object.hasOwn(phrases, text) ? phrases[text] : text;
}
