import {change} from './address.js';
import {labelNamed, labelValues, query} from './api.js';
import {el} from './dom.js';
import {phrase, t} from './i18n.js';
import {regex} from './model/read.js';
import {ALL, expand} from './template.js';

/** Those that no query depends on here: there is one source, and a filter that is added by hand has no field. */
const UNSEEN = ['datasource', 'constant', 'adhoc', 'groupby', 'snapshot'];
const FIXED = ['custom', 'interval'];

/** What may be chosen on a dashboard, each with its values of now and the chosen ones. */
export class Variables {
  /**
   * @param definitions of the dashboard
   * @param given values by name, as the address has them
   * @param changed is called after a choice
   */
  constructor(definitions, given, changed) {
    this.changed = changed;
    this.element = el('div', {class: 'variables'});
    this.remarks = [];
    this.all = new Map(definitions.map((it) => [it.name, {...it, known: [], given: given[it.name] ?? null, chosen: given[it.name] ?? first(it)}]));
  }

  /** The chosen values by name, All being each of them. */
  values(name) {
    const variable = this.all.get(name);
    return !variable ? [] : variable.chosen.includes(ALL) ? variable.known : variable.chosen;
  }

  /** Asks again for what may be chosen; one that can't be had is said in remarks, and keeps its value. */
  async refresh(range) {
    this.remarks = [];
    for (const variable of this.all.values()) {
      if (UNSEEN.includes(variable.type)) {
        if (variable.type === 'adhoc' || variable.type === 'groupby') {
          this.remarks.push({key: 'variable.type', values: {name: variable.label, type: variable.type}});
        }
        continue;
      }
      try {
        variable.known = await this.options(variable, range);
      } catch (trouble) {
        if (trouble.isAway) {
          throw trouble;
        }
        this.remarks.push({key: 'variable.failed', values: {name: variable.label, reason: trouble.message}});
      }
      this.settle(variable);
      if (!variable.isHidden && (variable.known.length || variable.chosen.length)) {
        this.offer(variable);
      }
    }
  }

  async options(variable, range) {
    const {type, query: source, options, regex: filter} = variable;
    if (type === 'textbox') {
      return [];
    }
    if (FIXED.includes(type)) {
      return source ? source.split(',').map((it) => it.trim().replace(/^.*?\s:\s+/, '')) : options;
    }
    if (type !== 'query') {
      throw new Error(t('variable.kind', {type}));
    }
    const values = await find(expand(source, {range, variables: this.all}), range);
    const wanted = regex(filter);
    return wanted ? [...new Set(values.map((it) => matched(wanted, it)).filter((it) => it !== null))] : values;
  }

  /** What is chosen but not to be had gives way, unless the address asks for it. */
  settle(variable) {
    const {known, hasAll, chosen, given, type} = variable;
    const stays = chosen.filter((it) => known.includes(it) || (it === ALL && hasAll));
    if (given || type === 'textbox' || stays.length) {
      variable.chosen = given ?? (stays.length ? stays : chosen);
    } else {
      variable.chosen = hasAll ? [ALL] : known.length ? [known[0]] : chosen;
    }
  }

  offer(variable) {
    const {name, label, type, hasAll, known} = variable;
    const chosen = variable.chosen.length === 1 || !hasAll ? variable.chosen[0] ?? '' : ALL;
    const old = this.element.querySelector(`[name="${CSS.escape(`var-${name}`)}"]`);
    const attributes = {name: `var-${name}`, id: `var-${name}`, change: ({target}) => this.choose(variable, target.value)};
    const field = old ?? (type === 'textbox' ? el('input', {...attributes, value: chosen}) : el('select', attributes));
    if (type !== 'textbox') {
      const offered = [...new Set([...(hasAll ? [ALL] : []), ...known, ...(chosen ? [chosen] : [])])];
      if ([...field.options].map((it) => it.value).join('\n') !== offered.join('\n')) {
        field.replaceChildren(...offered.map((value) => el('option', {value}, value === ALL ? t('all') : value)));
      }
      field.value = chosen;
    }
    if (!old) {
      this.element.append(el('label', {class: 'field', for: field.id}, el('span', {}, phrase(label)), field));
    }
  }

  choose(variable, value) {
    variable.given = value === ALL && variable.hasAll ? null : [value];
    variable.chosen = [value];
    change({[`var-${variable.name}`]: variable.given && value});
    this.changed();
  }
}

function first({type, current, query: source, hasAll}) {
  if (type === 'constant') {
    return [source];
  }
  const saved = current.map((it) => (it === 'All' && hasAll ? ALL : it)).filter(Boolean);
  return saved.length ? saved : hasAll ? [ALL] : type === 'textbox' ? [source] : [];
}

/** What a variable's query finds: label_values(selector, label), label_values(label), metrics(regex) or query_result(expr). */
async function find(source, range) {
  const [, name, inner] = /^\s*(\w+)\((.*)\)\s*$/s.exec(source) ?? [null, '', ''];
  const [, selector, label] = /^(?:(.+),)?\s*([\w:.]+)\s*$/s.exec(inner) ?? [];
  if (name === 'label_values' && label) {
    return selector?.trim() ? labelValues(selector, label, range) : labelNamed(label);
  }
  if (name === 'metrics') {
    const wanted = regex(inner);
    return (await labelNamed('__name__')).filter((it) => !wanted || wanted.test(it));
  }
  if (name === 'query_result') {
    const series = await query(inner, range.isPast ? range.to : null);
    return series.map(({metric: {__name__: metric = '', ...labels}, value}) =>
      `${metric}{${Object.entries(labels).map(([key, text]) => `${key}="${text}"`).join(',')}} ${value} ${range.to * 1000}`);
  }
  throw new Error(t('variable.query', {query: source}));
}

/** What a variable's regular expression keeps of a value: its first group, or all. */
function matched(wanted, value) {
  const found = wanted.exec(value);
  return found && (found.groups?.value ?? found[1] ?? found[0]);
}
