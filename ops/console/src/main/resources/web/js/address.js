/** The address says all: which view, which time, which variables. The same address in Grafana shows the same. */
export function read() {
  const url = new URL(location.href);
  const dashboard = /^\/d\/([^/]+)/.exec(url.pathname)?.[1] ?? null;
  const runbook = /^\/runbooks\/([^/]+)/.exec(url.pathname)?.[1] ?? null;
  const variables = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('var-')) {
      (variables[name.slice(4)] ??= []).push(value);
    }
  }
  return {
    dashboard: dashboard && decodeURIComponent(dashboard),
    runbook: runbook && decodeURIComponent(runbook),
    from: url.searchParams.get('from'),
    to: url.searchParams.get('to'),
    refresh: url.searchParams.get('refresh'),
    language: url.searchParams.get('lang'),
    theme: url.searchParams.get('theme'),
    variables,
  };
}

/** Changes parameters of the address in place; null removes one. */
export function change(parameters) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.delete(name);
    for (const one of value === null ? [] : [value].flat()) {
      url.searchParams.append(name, one);
    }
  }
  history.replaceState(null, '', url);
}

/**
 * A link of a dashboard file, with time and variables of this address where it asks for them; null if it leads nowhere
 * on the web.
 */
export function follow(link, labels = {}) {
  const here = new URL(location.href).searchParams;
  const carry = (names) => {
    const kept = new URLSearchParams();
    for (const [name, value] of here) {
      if (names(name)) {
        kept.append(name, value);
      }
    }
    return kept;
  };
  const isTime = (name) => name === 'from' || name === 'to' || name === 'refresh';
  const text = link.url
    .replace(/\$\{__url_time_range\}/g, carry(isTime).toString())
    .replace(/\$\{__(?:field\.labels|data\.fields)\.(\w+)\}/g, (whole, name) => encodeURIComponent(labels[name] ?? ''));
  const url = URL.canParse(text, location.origin) ? new URL(text, location.origin) : null;
  if (!/^https?:$/.test(url?.protocol)) {
    return null;
  }
  if (url.origin !== location.origin) {
    return url.href;
  }
  for (const [name, value] of carry((it) => (link.keepTime && isTime(it)) || (link.includeVars && it.startsWith('var-')))) {
    if (!url.searchParams.has(name)) {
      url.searchParams.append(name, value);
    }
  }
  return `${url.pathname}${url.search.replace(/&+$/, '')}`;
}
