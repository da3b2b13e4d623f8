import {locale, t} from './i18n.js';

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const DECIMAL_BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const BITS = ['b', 'kb', 'Mb', 'Gb', 'Tb', 'Pb'];
const METRIC = ['', 'k', 'M', 'G', 'T', 'P'];
const NOTHING = '–';

const scale = (units, base, end = '', first = 1) => (value) => scaled(value * first, units, base) + end;
const after = (sign) => (value, decimals) => `${short(value, decimals)}\u202f${sign}`;
const time = (inSeconds) => (value) => duration(value * inSeconds);
const yes = (isSo, isNot) => (value) => (value ? isSo() : isNot());

/** Grafana's units; what is not here is shown by its name. */
const UNITS = new Map(Object.entries({
  '': short,
  short,
  none: short,
  string: short,
  locale: (value) => digits(value, Number.isInteger(value) ? 0 : 2),
  percentunit: (value, decimals) => percent(value * 100, decimals ?? (Math.abs(value) < 0.1 && value !== 0 ? 2 : 1)),
  percent: (value, decimals) => percent(value, decimals ?? 1),
  ns: time(1e-9),
  'µs': time(1e-6),
  ms: time(1e-3),
  s: time(1),
  m: time(60),
  h: time(3600),
  d: time(86_400),
  dtdurations: time(1),
  dtdurationms: time(1e-3),
  clocks: time(1),
  clockms: time(1e-3),
  bytes: scale(BYTES, 1024),
  kbytes: scale(BYTES, 1024, '', 1024),
  mbytes: scale(BYTES, 1024, '', 1024 ** 2),
  gbytes: scale(BYTES, 1024, '', 1024 ** 3),
  decbytes: scale(DECIMAL_BYTES, 1000),
  deckbytes: scale(DECIMAL_BYTES, 1000, '', 1e3),
  decmbytes: scale(DECIMAL_BYTES, 1000, '', 1e6),
  decgbytes: scale(DECIMAL_BYTES, 1000, '', 1e9),
  bits: scale(BITS, 1000),
  decbits: scale(BITS, 1000),
  Bps: scale(BYTES, 1024, '/s'),
  binBps: scale(BYTES, 1024, '/s'),
  KBs: scale(BYTES, 1024, '/s', 1024),
  MBs: scale(BYTES, 1024, '/s', 1024 ** 2),
  bps: scale(BITS, 1000, '/s'),
  binbps: scale(BITS, 1000, '/s'),
  Kbits: scale(BITS, 1000, '/s', 1e3),
  Mbits: scale(BITS, 1000, '/s', 1e6),
  hertz: scale(METRIC.map((it) => `${it}Hz`), 1000),
  reqps: (value, decimals) => `${short(value, decimals)}\u202f${t('unit.requests')}`,
  rps: after('/s'),
  ops: after('/s'),
  cps: after('/s'),
  eps: after('/s'),
  pps: after('p/s'),
  wps: after('/s'),
  iops: after('io/s'),
  opm: after('/min'),
  rpm: after('/min'),
  celsius: after('°C'),
  fahrenheit: after('°F'),
  volt: after('V'),
  watt: after('W'),
  amp: after('A'),
  rotrpm: after('rpm'),
  bool: yes(() => t('yes'), () => t('no')),
  bool_yes_no: yes(() => t('yes'), () => t('no')),
  bool_on_off: yes(() => t('on'), () => t('off')),
  dateTimeAsIso: moment,
  dateTimeAsIsoNoDateIfToday: moment,
  dateTimeAsLocal: moment,
  dateTimeFromNow: (value) => ago((Date.now() - value) / 1000),
}));

/** A number in one of Grafana's units. */
export function format(value, unit = 'short', decimals = undefined) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return NOTHING;
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }
  const known = UNITS.get(unit);
  if (known) {
    return known(value, decimals);
  }
  const [, where, sign] = /^(prefix|currency|suffix|count|si|time|[^:]*):?(.*)$/s.exec(unit);
  const text = short(value, decimals);
  return where === 'prefix' || where === 'currency' ? `${sign.trim()}${text}` : `${text}\u202f${(sign || where).trim()}`;
}

/** How long ago, in the fewest words. */
export function ago(secondsAgo) {
  const passed = Math.max(0, Math.round(secondsAgo));
  return passed < 120 ? t('ago.seconds', {n: passed}) : t('ago.minutes', {n: Math.round(passed / 60)});
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(locale(), {hour12: false});
}

function percent(value, decimals) {
  return `${digits(value, decimals)}\u202f%`;
}

/** Of milliseconds. */
function moment(value) {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? NOTHING : date.toLocaleString(locale(), {hour12: false});
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
  if (size >= 1e9) {
    return value.toLocaleString(locale(), {notation: 'scientific', maximumFractionDigits: 2});
  }
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
