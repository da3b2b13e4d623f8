const PATIENCE = 12_000;

/** What the server says is wrong, in one line. */
export class Trouble extends Error {
  constructor(message, type) {
    super(message);
    this.type = type;
  }

  /** Whether nobody answers, so that everything else fails as well. */
  get isAway() {
    return this.type === 'prometheus-away' || this.type === 'console-away';
  }
}

/** The JSON at a path of this server. */
export async function get(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    query.append(name, value);
  }
  const url = query.size ? `${path}?${query}` : path;
  let response;
  let body;
  try {
    response = await fetch(url, {signal: AbortSignal.timeout(PATIENCE)});
    body = await response.json();
  } catch {
    throw new Trouble('', 'console-away');
  }
  if (!response.ok) {
    throw new Trouble(body.detail ?? '', String(body.type ?? '').replace('urn:rollcall:problem:', ''));
  }
  return body;
}

/** An instant query: [{metric, value}]. */
export async function query(expr, time) {
  const {data} = await get('/api/v1/query', time ? {query: expr, time} : {query: expr});
  if (data.resultType === 'scalar') {
    return [{metric: {}, value: number(data.result[1])}];
  }
  if (data.resultType !== 'vector') {
    throw new Trouble(`${data.resultType} (expected: a number or a vector)`, 'query-refused');
  }
  return data.result.map((series) => ({metric: series.metric, value: number(series.value[1])}));
}

/** A range query: [{metric, values: [[seconds, number]]}]. */
export async function queryRange(expr, {from, to, step}) {
  const {data} = await get('/api/v1/query_range', {query: expr, start: from, end: to, step});
  return data.result.map((series) => ({
    metric: series.metric,
    values: series.values.map(([time, value]) => [time, number(value)]),
  }));
}

/** The values a label has on the series that a selector finds. */
export async function labelValues(selector, label, {from, to}) {
  const {data} = await get('/api/v1/series', {'match[]': selector, start: from, end: to});
  return [...new Set(data.map((series) => series[label]).filter(Boolean))].sort();
}

/** The values a label has on any series. */
export async function labelNamed(label) {
  return (await get(`/api/v1/label/${encodeURIComponent(label)}/values`)).data;
}

function number(text) {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}
