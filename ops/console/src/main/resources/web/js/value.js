import {format} from './format.js';
import {step} from './palette.js';

/** One value of several: Grafana's calculations, of which the last number is the usual one. */
export function reduce(values, calc) {
  const finite = values.map(([, value]) => value).filter(Number.isFinite);
  const sum = () => finite.reduce((a, b) => a + b, 0);
  switch (calc) {
    case 'last':
      return values.at(-1)?.[1];
    case 'first':
    case 'firstNotNull':
      return finite[0];
    case 'mean':
      return finite.length ? sum() / finite.length : undefined;
    case 'sum':
      return finite.length ? sum() : undefined;
    case 'min':
      return finite.length ? finite.reduce((a, b) => Math.min(a, b)) : undefined;
    case 'max':
      return finite.length ? finite.reduce((a, b) => Math.max(a, b)) : undefined;
    case 'range':
      return finite.length ? finite.reduce((a, b) => Math.max(a, b)) - finite.reduce((a, b) => Math.min(a, b)) : undefined;
    case 'count':
      return finite.length;
    default:
      return finite.at(-1);
  }
}

/** How a value reads and in which colour: by its mapping, else by its unit and thresholds. */
export function show(value, {unit, decimals, mappings, thresholds}) {
  const isNothing = value === undefined || value === null || Number.isNaN(value);
  const mapped = mappings.find((it) => (isNothing ? it.isNothing : value >= it.from && value <= it.to));
  return {
    text: mapped?.text || format(value, unit, decimals),
    color: mapped?.color || (isNothing ? 'text' : step(thresholds, value)),
  };
}

/** Of cumulative buckets, what lies in each: [{name, values}], from the lowest up. */
export function buckets(series) {
  const bound = ({metric}) => (metric.le === '+Inf' ? Infinity : Number(metric.le));
  const sorted = series.toSorted((a, b) => bound(a) - bound(b));
  return sorted.map((it, i) => {
    const below = new Map(sorted[i - 1]?.values ?? []);
    return {
      ...it,
      name: bound(it) === Infinity ? `> ${format(bound(sorted[i - 1] ?? it))}` : `≤ ${format(bound(it))}`,
      values: it.values.map(([time, value]) => [time, Math.max(0, value - (below.get(time) ?? 0))]),
    };
  });
}
