const SECONDS = {s: 1, m: 60, h: 3600, d: 86_400};
const SCRAPE_INTERVAL = 5;
const POINTS = 240;

/** What can be chosen, as in Grafana's addresses. */
export const RANGES = ['now-5m', 'now-15m', 'now-30m', 'now-1h', 'now-3h', 'now-6h', 'now-24h', 'now-2d'];
export const REFRESHES = ['5s', '10s', '30s', '1m', 'off'];

/** Seconds of a duration such as 15m. */
export function seconds(text) {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return count ? Number(count) * SECONDS[unit] : null;
}

/** A range in whole steps: {from, to, step, rate}, all in seconds. */
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
    // at least four scrapes, as Grafana does
    rate: Math.max(step + SCRAPE_INTERVAL, 4 * SCRAPE_INTERVAL),
  };
}

function moment(text) {
  if (!text) {
    return null;
  }
  const [, ago] = /^now(?:-(\w+))?$/.exec(text) ?? [];
  if (text.startsWith('now')) {
    return Date.now() / 1000 - (ago ? seconds(ago) ?? 0 : 0);
  }
  return /^\d+$/.test(text) ? Number(text) / 1000 : null;
}
