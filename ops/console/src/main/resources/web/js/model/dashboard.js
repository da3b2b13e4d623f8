import {panel} from './panel.js';
import {object, objects, text, within} from './read.js';

/** A row's height in a file of before Grafana 5 is in pixels, a panel's in a newer one in lines of this many. */
const LINE = 38;
const COLUMNS = 24;
/** How wide and high a panel is that doesn't say: half of the dashboard. */
const USUAL = {w: 12, h: 8};

/**
 * The one shape that views draw, from a dashboard as any version of Grafana writes it: a file of its own, an answer of
 * its API, an export for others. It never throws; what it leaves out, it says in `remarks` or in the panel's `refusal`.
 *
 * {title, description, time: {from, to}, variables, annotations, rows: [{title, isHeaded, isCollapsed, repeat, panels}],
 *  remarks: [{key, values}]}
 */
export function dashboard(file) {
  const root = object(file);
  const raw = [root.dashboard, root.spec].find((it) => it === object(it)) ?? root;
  const context = {
    inputs: new Map(objects(raw.__inputs).map((it) => [text(it.name), it])),
    elements: object(raw.__elements),
    sources: new Map(objects(object(raw.templating).list).filter((it) => it.type === 'datasource').map((it) => [text(it.name), text(it.query)])),
    all: everyPanel(raw),
    ids: new Set(),
  };
  const rows = Array.isArray(raw.panels) || !Array.isArray(raw.rows) ? newRows(raw, context) : oldRows(raw, context);
  return {
    title: text(raw.title),
    description: text(raw.description),
    time: {from: text(object(raw.time).from) || 'now-15m', to: text(object(raw.time).to) || 'now'},
    variables: variables(raw),
    annotations: annotations(raw),
    rows,
    remarks: rows.some((it) => it.panels.length) ? [] : [{key: object(raw.elements) === raw.elements ? 'dashboard.schema' : 'dashboard.empty'}],
  };
}

function everyPanel(raw) {
  return [...objects(raw.panels), ...objects(raw.rows)].flatMap((it) => [it, ...objects(it.panels)]);
}

/** Without the copies of repeated ones that Grafana may have saved: they are made anew. */
function originals(list) {
  return objects(list).filter((it) => !it.repeatPanelId && !it.repeatRowId && !it.repeatedByRow && !(it.repeatIteration && !it.repeat));
}

/** Since Grafana 5 a row is a panel among the others: those below it are its own, or those in it while it is collapsed. */
function newRows(raw, context) {
  const rows = [row({}, false)];
  const place = (it) => object(it.gridPos);
  const sorted = originals(raw.panels).toSorted((a, b) => (place(a).y ?? 0) - (place(b).y ?? 0) || (place(a).x ?? 0) - (place(b).x ?? 0));
  // panels without a place come last
  for (const it of [...sorted.filter((one) => one.gridPos), ...sorted.filter((one) => !one.gridPos)]) {
    if (it.type === 'row') {
      rows.push(row(it, true));
      rows.at(-1).panels.push(...originals(it.panels).map((own) => placed(own, context, USUAL)));
    } else {
      // what is not in a folded row itself stands below it
      if (rows.at(-1).isCollapsed) {
        rows.push(row({}, false));
      }
      rows.at(-1).panels.push(placed(it, context, USUAL));
    }
  }
  return rows.filter((it) => it.isHeaded || it.panels.length);
}

/** Before Grafana 5 a dashboard was rows of panels side by side, in twelfths. */
function oldRows(raw, context) {
  return originals(raw.rows).map((it) => {
    const made = row(it, it.showTitle === true || it.collapse === true);
    const h = Math.max(3, Math.ceil((parseInt(text(it.height), 10) || 250) / LINE));
    made.panels = originals(it.panels).map((own) => placed(own, context, {w: Math.round((Number(own.span) || 4) * 2), h}));
    return made;
  });
}

function row(raw, isHeaded) {
  return {title: text(raw.title), isHeaded, isCollapsed: raw.collapsed === true || raw.collapse === true, repeat: text(raw.repeat), panels: []};
}

/** A panel with its place: x is null where it goes beside the one before. */
function placed(raw, context, usual) {
  const {x, y, w, h} = object(raw.gridPos);
  const width = within(Math.round(Number(w)) || usual.w, 1, COLUMNS);
  return {
    ...panel(raw, context),
    place: {
      x: Number.isFinite(x) ? within(Math.round(x), 0, COLUMNS - width) : null,
      y: Number.isFinite(y) ? y : null,
      w: width,
      h: within(Math.round(Number(h)) || usual.h, 1, 60),
    },
  };
}

function variables(raw) {
  const constants = objects(raw.__inputs).filter((it) => it.type === 'constant').map((it) => ({name: it.name, type: 'constant', query: it.value}));
  const byName = new Map();
  for (const it of [...constants, ...objects(object(raw.templating).list)]) {
    const name = text(it.name);
    if (name) {
      byName.set(name, {
        name,
        label: text(it.label) || name,
        type: text(it.type) || 'query',
        query: text(it.query) || text(object(it.query).query) || text(it.definition),
        regex: text(it.regex),
        isHidden: it.hide === 2 || it.hide === 'hideVariable',
        // one of several is matched by =~, so its value is a pattern
        isPattern: it.multi === true || it.includeAll === true,
        hasAll: it.includeAll === true,
        allValue: text(it.allValue) || null,
        current: [object(it.current).value ?? []].flat().map(text),
        options: objects(it.options).map((one) => text(one.value)).filter((one) => one && one !== '$__all'),
      });
    }
  }
  return [...byName.values()];
}

function annotations(raw) {
  return objects(object(raw.annotations).list)
    .map((it) => ({
      name: text(it.name),
      expr: text(it.expr) || text(object(it.target).expr),
      color: text(it.iconColor) || 'blue',
      titleFormat: text(it.titleFormat),
      textFormat: text(it.textFormat),
      isOn: it.enable !== false && it.hide !== true,
    }))
    .filter((it) => it.expr && it.isOn);
}
