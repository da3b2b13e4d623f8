/** Reads of values that may be missing or of another type: what does not fit is as good as absent. */
export const object = (value) => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {});
export const objects = (value) => (Array.isArray(value) ? value.filter((it) => it === object(it)) : []);
export const text = (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** A finite number, be it written as text; undefined otherwise. */
export function number(value) {
  const read = typeof value === 'string' && value.trim() ? Number(value) : value;
  return Number.isFinite(read) ? read : undefined;
}

/** The value, but no less and no more. */
export const within = (value, least, most) => Math.min(most, Math.max(least, value));

/** A regular expression as Grafana writes it, with or without slashes; null if it is none. */
export function regex(source) {
  const [, body, flags] = /^\/(.*)\/([a-z]*)$/s.exec(source) ?? [null, source, ''];
  try {
    return body ? new RegExp(body, flags.replace(/[gy]/g, '')) : null;
  } catch {
    return null;
  }
}
