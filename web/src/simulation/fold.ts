// SIMULATION: a few rules of the fold, enough to act on a simulated floor: ladders climb, clarifications open and close,
// corrections supersede, procedures move. The real fold is the node's (`parley.procedure.fold`); nothing here judges anything.

import type { Floor } from '../data/floor';
import type { CaseView, ItemView, Json, LadderView, RungView, UnitView } from '../data/wire';
import { criticalFields, saidIn, subjectKind } from '../floor/acts/subject';
import { agree } from '../forms/readBack';
import { isConfirmed } from '../parts/ladder';

const PASS_DOWN_MS = 15 * 60_000;

const RUNGS: Readonly<Record<string, string>> = {
  shown: 'shown',
  acknowledge: 'acknowledged',
  'passed-on': 'passed-on',
  outcome: 'outcome',
};

/** The case with one more statement in it. */
export function taken(floor: Floor, whole: CaseView, item: ItemView): CaseView {
  const targets = item.about;
  const items = whole.items.map((one) => (targets.includes(one.reference) ? touched(floor, whole, one, item) : one));
  const next = { ...whole, items: [...items, item], moved_ms: item.at_ms };
  return moved(floor, clarified(next, item), item);
}

function touched(floor: Floor, whole: CaseView, target: ItemView, by: ItemView): ItemView {
  switch (by.kind) {
    case 'correction':
      return { ...target, superseded: by.reference };
    case 'rendition':
      return { ...target, renditions: [...target.renditions, by.reference] };
    case 'release':
      return { ...target, released: by.reference };
    case 'clarification':
      return { ...target, questioned: by.content?.['stage'] !== 'understood' };
    default:
      return climbed(floor, whole, target, by);
  }
}

function climbed(floor: Floor, whole: CaseView, target: ItemView, by: ItemView): ItemView {
  const rung = RUNGS[by.kind];
  const wrong = by.kind === 'acknowledge' ? mismatched(floor, whole, target, by) : [];
  const mark = (name: string): RungView => ({
    rung: name,
    at_ms: by.at_ms,
    reference: by.reference,
    position: by.position,
    detail: String(by.content?.['unit'] ?? by.content?.['result'] ?? ''),
  });
  const ladders = target.ladders.map((ladder): LadderView => {
    if (ladder.member !== by.author) return ladder;
    if (by.kind === 'decline') return { ...ladder, declined: mark('declined') };
    if (by.kind === 'unit-confirmed') return confirmed(ladder, by, mark('unit-confirmed'));
    if (!rung) return ladder;
    const counts = by.kind !== 'acknowledge' || wrong.length === 0 || floor.kind(target.kind)?.acts_first === true;
    const names = counts
      ? [rung, ...(by.kind === 'acknowledge' && wrong.length === 0 && target.critical.length > 0 ? ['read-back'] : [])]
      : [];
    const rungs = [
      ...ladder.rungs,
      ...names.filter((name) => !ladder.rungs.some((one) => one.rung === name)).map(mark),
    ];
    return {
      ...ladder,
      rungs,
      mismatched: by.kind === 'acknowledge' ? wrong : ladder.mismatched,
      acknowledged: ladder.acknowledged || (by.kind === 'acknowledge' && counts),
      ...(by.kind === 'passed-on' ? passed(ladder, mark('passed-on')) : {}),
    };
  });
  return { ...target, ladders, questioned: target.questioned || wrong.length > 0 };
}

function passed(ladder: LadderView, mark: RungView): Pick<LadderView, 'units' | 'units_due_ms'> {
  const unit = { alias: mark.detail, passed: mark, confirmed: null, confirmed_by: '', how: '', confirmed_ms: null };
  const others = ladder.units.filter((one) => one.alias !== unit.alias);
  return { units: [...others, unit], units_due_ms: ladder.units_due_ms ?? mark.at_ms + PASS_DOWN_MS };
}

function confirmed(ladder: LadderView, by: ItemView, mark: RungView): LadderView {
  const units = ladder.units.map((unit): UnitView => {
    if (unit.alias !== by.content?.['unit']) return unit;
    const { by: who, how, time } = by.content;
    const said = { confirmed_by: String(who), how: String(how), confirmed_ms: Number(time) };
    return { ...unit, confirmed: mark, ...said };
  });
  return { ...ladder, units, units_due_ms: isConfirmed({ units }) ? null : ladder.units_due_ms };
}

function mismatched(floor: Floor, whole: CaseView, target: ItemView, by: ItemView): readonly string[] {
  const given = (by.content?.['read_back'] ?? {}) as Readonly<Record<string, Json>>;
  return criticalFields(subjectKind(floor, target, whole), target)
    .filter((field) => !agree(field.kind, saidIn(target, field.name), given[field.name] ?? null))
    .map((field) => field.name);
}

function clarified(whole: CaseView, by: ItemView): CaseView {
  const about = by.about[0];
  if (by.kind !== 'clarification' || !about) return whole;
  const stage = by.content?.['stage'];
  if (stage === 'asked') {
    const opened = {
      about,
      asker: by.author,
      opened: by.reference,
      opened_ms: by.at_ms,
      fields: [],
      answers: [],
      closed: null,
    };
    return { ...whole, clarifications: [...whole.clarifications, opened] };
  }
  const clarifications = whole.clarifications.map((one) => {
    if (one.about !== about || one.closed !== null) return one;
    return stage === 'answered'
      ? { ...one, answers: [...one.answers, by.reference] }
      : { ...one, closed: by.reference };
  });
  return { ...whole, clarifications };
}

function moved(floor: Floor, whole: CaseView, by: ItemView): CaseView {
  const procedure = floor.procedureOf(whole.kind);
  const row = procedure?.moves.find((move) => move.kind === by.kind && move.frm.includes(whole.state));
  const opening = whole.items[0];
  const held = row?.needs !== 'all-acknowledged' || opening?.ladders.every((ladder) => ladder.acknowledged) === true;
  const state = procedure?.states.find((one) => one.name === row?.to);
  if (!state || !held || state.name === whole.state) return whole;
  return {
    ...whole,
    state: state.name,
    state_title: state.title,
    over: state.final,
    entered: [...whole.entered, { state: state.name, title: state.title, by: by.reference, at_ms: by.at_ms }],
  };
}
