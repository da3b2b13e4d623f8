import {t} from './i18n.js';

export const ALL = '$__all';

/** $name, ${name}, ${name:format} and [[name]], of which the last is older. */
const REFERENCE = /\$(\w+)|\$\{(\w+)(?:\.[^:}]*)?(?::([^}]*))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/**
 * An expression of a dashboard with its variables filled in; a name that nobody knows stays.
 *
 * @param scope {range, variables, bound}, bound being what a repeated panel's variable is in it
 */
export function expand(expr, scope) {
  return replace(expr, scope, (variable, values, format) => {
    const write = FORMATS.get(format) ?? (variable.isPattern ? FORMATS.get('regex') : FORMATS.get('quoted'));
    return values.includes(ALL) ? all(variable, write) : write(values);
  });
}

/** A title or another text for people with its variables filled in. */
export function fill(text, scope) {
  return replace(text, scope, (variable, values) => values.map((it) => (it === ALL ? t('all') : it)).join(' + '));
}

/** {{label}} filled in; without a template, the labels themselves. */
export function legend(template, metric, fallback) {
  if (template) {
    return template.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (whole, label) => (Object.hasOwn(metric, label) ? metric[label] : ''));
  }
  const labels = Object.entries(metric).filter(([name]) => name !== '__name__');
  return labels.map(([name, value]) => `${name}=${value}`).join(' ') || fallback;
}

function replace(text, {range, variables, bound = {}}, write) {
  return text.replace(REFERENCE, (whole, bare, braced, format, bracketed, oldFormat) => {
    const name = bare ?? braced ?? bracketed;
    const built = builtIn(name, range);
    if (built !== undefined) {
      return built;
    }
    const variable = variables.get(name);
    if (!variable) {
      return whole;
    }
    const values = (Object.hasOwn(bound, name) ? [bound[name]] : variable.chosen).map((it) => (/^(auto|\$__auto.*)$/.test(it) ? `${range.step}s` : it));
    return write(variable, values, format ?? oldFormat ?? '');
  });
}

function builtIn(name, range) {
  switch (name) {
    case '__interval':
      return `${range.step}s`;
    case '__interval_ms':
      return `${range.step * 1000}`;
    case '__rate_interval':
      return `${range.rate}s`;
    case '__range':
      return `${range.length}s`;
    case '__range_s':
      return `${range.length}`;
    case '__range_ms':
      return `${range.length * 1000}`;
    case '__from':
      return `${Math.round(range.from * 1000)}`;
    case '__to':
      return `${Math.round(range.to * 1000)}`;
    default:
      return undefined;
  }
}

const quoted = (text) => text.replace(/["\\]/g, '\\$&');
const plain = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&').replaceAll('"', '\\"');
const group = (values) => (values.length === 1 ? values[0] : `(${values.join('|')})`);

const FORMATS = new Map([
  ['regex', (values) => group(values.map(plain))],
  ['quoted', (values) => group(values.map(quoted))],
  ['pipe', (values) => values.join('|')],
  ['csv', (values) => values.join(',')],
  ['raw', (values) => values.join(',')],
  ['doublequote', (values) => values.map((it) => `"${quoted(it)}"`).join(',')],
]);

/** A longer list than this is no address any more. */
const LONGEST = 2000;

function all({allValue, known, isPattern}, write) {
  if (allValue) {
    return allValue;
  }
  const every = known.length ? write(known) : '.*';
  return isPattern && every.length > LONGEST ? '.*' : every;
}
