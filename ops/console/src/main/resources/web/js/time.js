const SECONDS = {s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000};
const SCRAPE_INTERVAL = 5;
const POINTS = 240;

/** What can be chosen, as in Grafana's addresses. */
export const RANGES = ['now-5m', 'now-15m', 'now-30m', 'now-1h', 'now-3h', 'now-6h', 'now-24h', 'now-2d'];
export const REFRESHES = ['5s', '10s', '30s', '1m', 'off'];

/** Seconds of a duration such as 15m. */
export function seconds(text) {
  const [, count, unit] = /^(\d+)([smhdwMy])$/.exec(text) ?? [];
  return count ? Number(count) * SECONDS[unit] : null;
}

/** A range in whole steps: {from, to, step, rate, length}, all in seconds, and whether it is over. */
export function range(from, to) {
  const end = moment(to) ?? Date.now() / 1000;
  const start = moment(from) ?? end - 900;
  const length = Math.max(60, end - start);
  const step = Math.max(SCRAPE_INTERVAL, Math.ceil(length / POINTS / SCRAPE_INTERVAL) * SCRAPE_INTERVAL);
  const last = Math.floor(end / step) * step;
  return {
    from: last - Math.ceil(length / step) * step,
    to: last,
    step,
    length: Math.round(length),
    // an instant query is then asked for that time, not for now
    isPast: end < Date.now() / 1000 - step,
    // at least four scrapes, as Grafana does
    rate: Math.max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL),
  };
}

/** Seconds of a moment: now, now-3h, now/d (the day's begin), milliseconds, or an ISO date; null if it is none. */
function moment(text) {
  const [, ago, unit] = /^now(?:-(\d+[smhdwMy]))?(?:\/([smhdwMy]))?$/.exec(text ?? '') ?? [];
  if (text?.startsWith('now')) {
    const at = Date.now() / 1000 - (ago ? seconds(ago) : 0);
    return unit ? Math.floor(at / SECONDS[unit]) * SECONDS[unit] : at;
  }
  const millis = /^\d+$/.test(text ?? '') ? Number(text) : Date.parse(text ?? '');
  return Number.isNaN(millis) ? null : millis / 1000;
}
