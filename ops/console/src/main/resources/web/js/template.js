import {labelValues} from './api.js';

export const ALL = '$__all';

/** An expression of a dashboard with its variables filled in. */
export function expand(expr, range, variables, chosen) {
  return expr
    .replaceAll('$__rate_interval', `${range.rate}s`)
    .replaceAll('$__interval', `${range.step}s`)
    .replaceAll('$__range', `${range.length}s`)
    .replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole, braced, bare) => {
      const variable = variables.find((it) => it.name === (braced ?? bare));
      return variable ? pattern(variable, chosen[variable.name]) : whole;
    });
}

/** What a variable may be now: its query is label_values(selector, label). */
export async function options(variable, range, variables, chosen) {
  const [, selector, label] = /^label_values\((.+),\s*(\w+)\)$/.exec(variable.query.query);
  return labelValues(expand(selector, range, variables, chosen), label, range);
}

/** {{label}} filled in; without a template, the labels themselves. */
export function legend(template, metric, fallback) {
  if (template) {
    return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, label) => metric[label] ?? '');
  }
  const labels = Object.entries(metric).filter(([name]) => name !== '__name__');
  return labels.map(([name, value]) => `${name}=${value}`).join(' ') || fallback;
}

function pattern(variable, values) {
  if (!values?.length || values.includes(ALL)) {
    return variable.allValue;
  }
  return values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\\\$&').replaceAll('"', '\\"')).join('|');
}
