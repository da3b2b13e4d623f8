import {locale, t} from './i18n.js';

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const NOTHING = '–';

/** A number in one of Grafana's units. */
export function format(value, unit = 'short', decimals = undefined) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return NOTHING;
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }
  switch (unit) {
    case 'percentunit':
      return `${digits(value * 100, decimals ?? (Math.abs(value) < 0.1 && value !== 0 ? 2 : 1))}\u202f%`;
    case 's':
      return duration(value);
    case 'ms':
      return duration(value / 1000);
    case 'bytes':
      return scaled(value, BYTES, 1024);
    case 'Bps':
      return `${scaled(value, BYTES, 1024)}/s`;
    case 'reqps':
      return `${short(value, decimals)}\u202f${t('unit.requests')}`;
    case 'bool_yes_no':
      return t(value ? 'yes' : 'no');
    default:
      return unit.startsWith('suffix:') ? `${short(value, decimals)}\u202f${unit.slice(7).trim()}` : short(value, decimals);
  }
}

/** How long ago, in the fewest words. */
export function ago(secondsAgo) {
  const passed = Math.max(0, Math.round(secondsAgo));
  return passed < 120 ? t('ago.seconds', {n: passed}) : t('ago.minutes', {n: Math.round(passed / 60)});
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(locale(), {hour12: false});
}

function duration(value) {
  const size = Math.abs(value);
  if (size === 0) {
    return '0\u202fs';
  }
  if (size < 0.001) {
    return `${digits(value * 1e6, 0)}\u202fµs`;
  }
  if (size < 1) {
    return `${digits(value * 1000, size < 0.1 ? 1 : 0)}\u202fms`;
  }
  if (size < 120) {
    return `${digits(value, size < 10 ? 2 : 1)}\u202fs`;
  }
  if (size < 7200) {
    return `${digits(value / 60, 1)}\u202fmin`;
  }
  return size < 172_800 ? `${digits(value / 3600, 1)}\u202fh` : `${digits(value / 86_400, 1)}\u202fd`;
}

function short(value, decimals) {
  const size = Math.abs(value);
  if (size >= 1e6) {
    return `${digits(value / 1e6, 2)}\u202fM`;
  }
  if (size >= 1e4) {
    return `${digits(value / 1e3, 1)}\u202fk`;
  }
  return digits(value, decimals ?? (Number.isInteger(value) ? 0 : size < 10 ? 2 : 1));
}

function scaled(value, units, base) {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value) || 1) / Math.log(base))));
  return `${digits(value / base ** power, power === 0 ? 0 : 1)}\u202f${units[power]}`;
}

function digits(value, count) {
  return value.toLocaleString(locale(), {minimumFractionDigits: count, maximumFractionDigits: count});
}
