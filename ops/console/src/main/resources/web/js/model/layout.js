const COLUMNS = 24;
/** More copies of a panel or row than anybody reads. */
const COPIES = 40;

/**
 * The sections of a dashboard with every panel in its place, and those that repeat once for each value of their variable:
 * [{key, title, scope, isHeaded, isCollapsed, panels: [panel with key, scope, place]}].
 *
 * @param values gives the chosen values of a variable by its name
 */
export function sections(rows, values) {
  return rows.flatMap((row, i) =>
    copies(row, {}, values).map(({scope}, copy) => ({
      key: `${i}/${copy}`,
      title: row.title,
      scope,
      isHeaded: row.isHeaded,
      isCollapsed: row.isCollapsed,
      panels: stack(row.panels.flatMap((panel) => spread(panel, copies(panel, scope, values)))),
    })));
}

function copies({repeat}, scope, values) {
  const chosen = repeat && !(repeat in scope) ? values(repeat).slice(0, COPIES) : [];
  return chosen.length ? chosen.map((value) => ({scope: {...scope, [repeat]: value}})) : [{scope}];
}

/** Side by side in equal parts, or one below the other. */
function spread(panel, all) {
  const {repeat, direction, perRow, place} = panel;
  const w = all.length > 1 && repeat && direction !== 'v' ? Math.floor(COLUMNS / Math.min(perRow, all.length)) : place.w;
  return all.map(({scope}, i) => ({
    ...panel,
    key: `${panel.id} ${JSON.stringify(scope)}`,
    scope,
    place: i === 0 ? {...place, w, x: place.x === null ? null : Math.min(place.x, COLUMNS - w)} : {...place, w, x: direction === 'v' ? place.x : null},
  }));
}

/** Moves each panel up as far as those above allow, as Grafana does: nothing overlaps and no gap stays. */
function stack(panels) {
  const floor = new Array(COLUMNS).fill(0);
  let next = 0;
  return panels.map((panel) => {
    const {w, h} = panel.place;
    const x = panel.place.x ?? (next + w <= COLUMNS ? next : 0);
    const y = Math.max(...floor.slice(x, x + w));
    floor.fill(y + h, x, x + w);
    next = x + w;
    return {...panel, place: {x, y, w, h}};
  });
}
