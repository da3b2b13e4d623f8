import {fieldConfig} from './field.js';
import {object, objects, regex, text, within} from './read.js';

/** What a type of panel is drawn as; a name of before Grafana 8 stands beside the one of today. */
const KINDS = new Map(Object.entries({
  timeseries: 'timeseries',
  graph: 'timeseries',
  stat: 'stat',
  singlestat: 'stat',
  'grafana-singlestat-panel': 'stat',
  gauge: 'gauge',
  bargauge: 'bargauge',
  piechart: 'bargauge',
  'grafana-piechart-panel': 'bargauge',
  table: 'table',
  'table-old': 'table',
  heatmap: 'heatmap',
  text: 'text',
}));
/** What is done to results that a table here does as well, or that changes nothing in it. */
const APPLIED = ['merge', 'organize', 'seriesToColumns', 'joinByField', 'labelsToFields', 'filterFieldsByName', 'sortBy'];
/** What one value of several was called before Grafana 7. */
const CALCS = new Map(Object.entries({avg: 'mean', min: 'min', max: 'max', total: 'sum', first: 'first'}));
const MIXED = '-- Mixed --';
const ANOTHER_PANEL = '-- Dashboard --';

/** A panel of any version as the views draw it; one that can't be drawn has a `refusal` that says why. */
export function panel(raw, context) {
  try {
    return read(raw, context);
  } catch (e) {
    return frame(raw, context, {key: 'panel.unreadable', values: {reason: e.message}});
  }
}

function read(raw, context) {
  const library = object(raw.libraryPanel);
  const whole = text(library.uid) ? {...object(object(context.elements[library.uid]).model), ...library.model, ...raw} : raw;
  const type = text(whole.type);
  const kind = kindOf(whole, type);
  const {targets, refused} = queries(whole, context);
  if (!type && text(library.uid)) {
    return frame(whole, context, {key: 'panel.library', values: {name: text(library.name) || library.uid}});
  }
  if (!kind) {
    return frame(whole, context, {key: 'panel.type', values: {type: type || '?'}});
  }
  if (kind !== 'text' && targets.length === 0) {
    return frame(whole, context, refused.length ? {key: 'panel.source', values: {source: refused.join(', ')}} : {key: 'panel.noQuery'});
  }
  const steps = objects(whole.transformations).filter((it) => it.disabled !== true);
  const left = kind === 'table' ? steps.map((it) => text(it.id)).filter((id) => !APPLIED.includes(id)) : [];
  return {
    ...frame(whole, context, null),
    kind,
    targets,
    remarks: [
      ...(refused.length ? [{key: 'panel.source', values: {source: refused.join(', ')}}] : []),
      ...(left.length ? [{key: 'panel.leftOut', values: {what: left.join(', ')}}] : []),
    ],
    fieldConfig: fieldConfig(whole, type),
    options: options(whole, type),
    columns: columns(whole, steps),
  };
}

/** What every panel has, drawn or not. */
function frame(raw, context, refusal) {
  let id = text(raw.id) || 'panel';
  while (context.ids.has(id)) {
    id += '+';
  }
  context.ids.add(id);
  return {
    id,
    type: text(raw.type),
    kind: null,
    title: text(raw.title),
    description: text(raw.description),
    links: objects(raw.links).map((it) => ({...it, title: text(it.title), url: text(it.url)})).filter((it) => it.url),
    repeat: text(raw.repeat),
    direction: raw.repeatDirection === 'v' ? 'v' : 'h',
    perRow: within(Math.round(Number(raw.maxPerRow)) || 4, 1, 24),
    timeFrom: text(raw.timeFrom),
    targets: [],
    remarks: [],
    refusal,
  };
}

function kindOf(raw, type) {
  if (type === 'graph' && ['series', 'histogram'].includes(object(raw.xaxis).mode)) {
    return 'bargauge';
  }
  return object(raw.gauge).show === true && KINDS.get(type) === 'stat' ? 'gauge' : KINDS.get(type);
}

/** The queries to Prometheus, and the names of sources that aren't. */
function queries(raw, context) {
  const lender = objects(raw.targets).find((it) => it.panelId !== undefined);
  const lent = lender && sourceOf(lender.datasource ?? raw.datasource, context) === ANOTHER_PANEL
    ? context.all.find((it) => it !== raw && it.id === lender.panelId) : null;
  const {targets: asked, datasource} = lent ?? raw;
  const targets = [];
  const refused = new Set();
  objects(asked).forEach((it, i) => {
    const source = sourceOf(it.datasource ?? datasource, context);
    if (it.hide === true) {
      return;
    }
    if (source) {
      refused.add(source);
    } else if (text(it.expr).trim()) {
      targets.push({
        refId: text(it.refId) || String.fromCharCode(65 + i % 26),
        expr: it.expr,
        legend: it.legendFormat === '__auto' ? '' : text(it.legendFormat),
        isInstant: it.instant === true && (it.range !== true || text(raw.type).startsWith('table')),
        isHistogram: it.format === 'heatmap',
      });
    }
  });
  return {targets, refused: [...refused]};
}

/** What a source is called if it isn't Prometheus. A name alone doesn't tell of what kind it is: Prometheus is asked. */
function sourceOf(datasource, {inputs, sources}) {
  const named = text(datasource) || text(object(datasource).uid);
  const [, variable] = /^\$\{?(\w+)\}?$/.exec(named) ?? [];
  const type = text(object(datasource).type) || (variable ? sources.get(variable) || text(inputs.get(variable)?.pluginId) : '');
  if (named === MIXED || /^\$/.test(type)) {
    return '';
  }
  if (named === ANOTHER_PANEL) {
    return ANOTHER_PANEL;
  }
  if (named === '-- Grafana --' || named === 'grafana') {
    return 'Grafana';
  }
  return !type || /prometheus|victoriametrics-metrics/.test(type) ? '' : type;
}

function options(raw, type) {
  const given = object(raw.options);
  const calc = text([given.reduceOptions, given.fieldOptions].map((it) => object(it).calcs).find(Array.isArray)?.[0])
    || CALCS.get(raw.valueName)
    || 'lastNotNull';
  return {
    calc,
    hasGraph: type.includes('singlestat') ? object(raw.sparkline).show === true : given.graphMode === 'area',
    isNamed: ['value_and_name', 'name'].includes(given.textMode),
    // before Grafana 7 these stood in the panel itself
    content: text(given.content) || text(raw.content),
    isHtml: (text(given.mode) || text(raw.mode)) === 'html',
    isCode: ['code', 'text'].includes(text(given.mode) || text(raw.mode)),
    sortBy: objects(given.sortBy).map((it) => ({displayName: text(it.displayName), desc: it.desc === true}))[0] ?? null,
  };
}

/** In which order a table shows which columns, and under which names. */
function columns(raw, steps) {
  const chosen = {order: {}, rename: {}, isHidden: []};
  for (const {id, options: given} of steps) {
    if (id === 'organize') {
      Object.assign(chosen.order, object(object(given).indexByName));
      Object.assign(chosen.rename, object(object(given).renameByName));
      const left = object(object(given).excludeByName);
      chosen.isHidden.push((name) => left[name] === true);
    }
    if (id === 'filterFieldsByName') {
      const {names, pattern} = object(object(given).include);
      const wanted = regex(text(pattern));
      if (Array.isArray(names) || wanted) {
        chosen.isHidden.push((name) => !(Array.isArray(names) && names.includes(name)) && !wanted?.test(name));
      }
    }
  }
  for (const {pattern, type, alias} of objects(raw.styles)) {
    const wanted = /^\/.*\/$/s.test(text(pattern)) ? regex(pattern) : null;
    if (type === 'hidden') {
      chosen.isHidden.push((name) => name === pattern || wanted?.test(name));
    } else if (text(alias) && !wanted) {
      chosen.rename[text(pattern)] = text(alias);
    }
  }
  return {...chosen, isHidden: (name) => chosen.isHidden.some((it) => it(name))};
}

