import {number, object, objects, regex, text} from './read.js';

/** How values look: the defaults of a panel, and what differs for some of its series. */
export function fieldConfig(raw, type) {
  const given = object(raw.fieldConfig);
  const older = object(object(raw.options).fieldOptions);
  const defaults = {...inPanel(raw, type), ...field({...object(older.defaults), ...object(given.defaults)})};
  const thresholds = defaults.thresholds ?? [];
  return {
    defaults: {custom: {}, mappings: [], links: [], ...defaults, thresholds: defaults.isShare ? ofShare(thresholds, defaults) : thresholds},
    overrides: [...objects(given.overrides), ...objects(older.overrides)].map(rule).concat(ofSeries(raw), ofColumns(raw)),
  };
}

/** Only what is given: an override changes nothing else. */
function field(raw) {
  const {thresholds, custom, mappings, links} = raw;
  const read = {
    unit: text(raw.unit) || undefined,
    decimals: decimals(raw.decimals),
    min: number(raw.min),
    max: number(raw.max),
    displayName: text(raw.displayName) || undefined,
    color: (['fixed', 'shades'].includes(object(raw.color).mode) && text(raw.color.fixedColor)) || undefined,
    thresholds: thresholds && steps(objects(Array.isArray(thresholds) ? thresholds : thresholds.steps)),
    isShare: object(thresholds).mode === 'percentage' || undefined,
    mappings: mappings && objects(mappings).flatMap(mapping),
    links: links && objects(links).map((it) => ({...it, title: text(it.title), url: text(it.url)})).filter((it) => it.url),
    custom: custom && style(object(custom)),
    ...ofOne(object(custom)),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

function style(custom) {
  return {
    fill: number(custom.fillOpacity) ?? 0,
    width: number(custom.lineWidth) ?? 1,
    isStacked: object(custom.stacking).mode === 'normal',
    hasLimits: ['line', 'line+area', 'dashed', 'dashed+area'].includes(object(custom.thresholdsStyle).mode),
  };
}

function decimals(value) {
  const read = number(value);
  return read === undefined ? undefined : Math.min(10, Math.max(0, Math.round(read)));
}

/** From the lowest step on; the first has no value, or null. */
function steps(raw) {
  return raw
    .map((it) => ({value: number(it.value) ?? null, color: text(it.color) || 'text'}))
    .sort((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
}

function ofShare(thresholds, {min = 0, max = 100}) {
  return thresholds.map((it) => ({...it, value: it.value === null ? null : min + (it.value / 100) * (max - min)}));
}

/** Texts that stand for values: {from, to, text, color}, or {isNothing, text, color} for a missing one. */
function mapping({type, options, value, text: says, from, to, op}) {
  const shown = (result) => ({text: text(object(result).text), color: text(object(result).color)});
  if (type === 'value') {
    return Object.entries(object(options))
      .filter(([key]) => number(key) !== undefined)
      .map(([key, result]) => ({from: number(key), to: number(key), ...shown(result)}));
  }
  if (type === 'range') {
    return [{from: number(options?.from) ?? -Infinity, to: number(options?.to) ?? Infinity, ...shown(options?.result)}];
  }
  if (type === 'special') {
    return /null|nan/.test(text(options?.match)) ? [{isNothing: true, ...shown(options.result)}] : [];
  }
  // before Grafana 8
  if (text(value) === 'null' || text(from) === 'null') {
    return [{isNothing: true, text: text(says)}];
  }
  const [low, high] = type === 2 || (op === undefined && from !== undefined && value === undefined) ? [number(from), number(to)] : [number(value), number(value)];
  return low === undefined && high === undefined ? [] : [{from: low ?? -Infinity, to: high ?? Infinity, text: text(says)}];
}

/** One rule: which series it is for, by name, pattern or query, and what it changes. */
function rule({matcher, properties}) {
  const {id, options} = object(matcher);
  const nested = {};
  for (const {id: path, value} of objects(properties)) {
    const [first, second] = text(path).split('.');
    if (second) {
      nested[first] = {...object(nested[first]), [second]: value};
    } else if (first !== 'custom') {
      nested[first] = value;
    }
  }
  return {
    name: id === 'byName' ? text(options) : null,
    pattern: id === 'byRegexp' ? regex(text(options)) : null,
    refId: id === 'byFrameRefID' ? text(options) : null,
    properties: {...field({...nested, custom: undefined}), ...ofOne(object(nested.custom))},
  };
}

/** What is of one series or column, be it of all: only what is given. */
function ofOne({transform, hidden, hideFrom, cellOptions, displayMode}) {
  const cell = text(object(cellOptions).type) || text(displayMode);
  const read = {
    isNegative: transform === undefined ? undefined : transform === 'negative-Y',
    isHidden: hidden === true || object(hideFrom).viz === true || undefined,
    isColored: cell ? cell.startsWith('color-') : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** What a panel of before Grafana 7 says itself. */
function inPanel(raw, type) {
  if (type === 'graph') {
    const axis = objects(raw.yaxes)[0] ?? {};
    return field({
      unit: axis.format,
      decimals: raw.decimals ?? axis.decimals,
      min: axis.min,
      max: axis.max,
      thresholds: objects(raw.thresholds).map((it) => ({value: it.value, color: it.lineColor ?? 'red'})),
      custom: {
        fillOpacity: (number(raw.fill) ?? 0) * 10,
        lineWidth: raw.linewidth,
        stacking: {mode: raw.stack === true ? 'normal' : 'none'},
        thresholdsStyle: {mode: objects(raw.thresholds).length ? 'line' : 'off'},
      },
    });
  }
  if (type.includes('singlestat')) {
    const limits = text(raw.thresholds).split(',').map(number).filter((it) => it !== undefined);
    const colors = Array.isArray(raw.colors) ? raw.colors : [];
    const isColored = raw.colorValue === true || raw.colorBackground === true || object(raw.gauge).show === true;
    return field({
      unit: text(raw.postfix).trim() && ['none', 'short', ''].includes(text(raw.format)) ? `suffix:${raw.postfix}` : raw.format,
      decimals: raw.decimals,
      min: object(raw.gauge).minValue,
      max: object(raw.gauge).maxValue,
      thresholds: isColored ? [null, ...limits].map((value, i) => ({value, color: colors[i]})) : [],
      mappings: [...objects(raw.valueMaps).map((it) => ({...it, op: '=', from: undefined})), ...objects(raw.rangeMaps)],
    });
  }
  return type === 'grafana-piechart-panel' ? field({unit: raw.format}) : field({unit: objects([object(raw.yAxis)])[0].format});
}

/** Colours and directions of a graph's series, by their names. */
function ofSeries(raw) {
  const colors = Object.entries(object(raw.aliasColors)).map(([name, color]) => ({name, properties: field({color: {mode: 'fixed', fixedColor: color}})}));
  const others = objects(raw.seriesOverrides).map((it) => ({
    name: text(it.alias),
    pattern: /^\/.*\/$/s.test(text(it.alias)) ? regex(it.alias) : null,
    properties: {
      ...field({color: {mode: 'fixed', fixedColor: it.color}}),
      ...ofOne(it),
    },
  }));
  return [...colors, ...others];
}

/** How the columns of a table of before Grafana 7 look. */
function ofColumns(raw) {
  return objects(raw.styles).filter((it) => it.type === 'number').map((it) => {
    const limits = Array.isArray(it.thresholds) ? it.thresholds.map(number).filter((one) => one !== undefined) : [];
    const properties = {isColored: Boolean(it.colorMode), ...field({unit: it.unit, decimals: it.decimals, ...(it.colorMode ? {thresholds: [null, ...limits].map((value, i) => ({value, color: it.colors?.[i]}))} : {})})};
    const isPattern = /^\/.*\/$/s.test(text(it.pattern));
    return {name: isPattern ? null : text(it.alias) || text(it.pattern), pattern: isPattern ? regex(it.pattern) : null, properties};
  });
}
