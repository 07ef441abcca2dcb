// Offers: what the officer may do about a statement now. The procedure's table and the charter's mandates say what is
// allowed, the ladder and the clarifications what is still to do; the first offer is the one to press. Pure.

import type { Floor } from '../../data/floor';
import type { ItemView, Kind, Move, SessionView } from '../../data/wire';
import { isConfirmed } from '../../parts/ladder';
import { SETTLING } from '../../say/about';
import { maySay } from '../../say/rights';

/** Acts of every desk that have a form of their own. Any other kind is said with the form drawn from its declaration. */
export const HANDLING_ACTS = [
  'acknowledge',
  'decline',
  'passed-on',
  'unit-confirmed',
  'outcome',
  'answer',
  'clarification.asked',
  'clarification.answered',
  'clarification.understood',
  'rendition',
  'correction',
  'release',
  'assent',
  'respond',
] as const;
export type HandlingAct = (typeof HANDLING_ACTS)[number];

export type Offer =
  | { readonly act: HandlingAct; readonly kind: string; readonly isMain: boolean }
  | { readonly act: 'move'; readonly kind: string; readonly to: string; readonly isMain: boolean };

/** What is known of the case that a statement belongs to. */
export interface Around {
  readonly state: string;
  readonly over: boolean;
  /** Whether the statement opened it. */
  readonly opener: boolean;
  /** Whether what the case proposes concerns this member, and whether it may respond now; not known of a feed. */
  readonly concerned?: boolean;
  readonly responds?: boolean;
}

export function offers(floor: Floor, session: SessionView, item: ItemView, around: Around): readonly Offer[] {
  if (item.because !== null) return [];
  const found = [
    ...settlingOffers(floor, session, item),
    ...handlingOffers(floor, session, item, around),
    ...moveOffers(floor, session, item, around),
  ];
  return found
    .filter((offer) => maySay(floor, session, offer.kind))
    .toSorted((left, right) => Number(right.isMain) - Number(left.isMain));
}

function handlingOffers(floor: Floor, session: SessionView, item: ItemView, around: Around): readonly Offer[] {
  const mine = item.author === floor.me;
  const ladder = item.ladders.find((one) => one.member === floor.me);
  const owed = ladder !== undefined && !ladder.acknowledged && ladder.due_ms !== null && item.superseded === null;
  const wrong = (ladder?.mismatched.length ?? 0) > 0 && item.superseded === null;
  const open = !around.over && item.superseded === null;
  const said = floor.kind(item.kind);
  const wanted: readonly (readonly [boolean, HandlingAct, boolean?])[] = [
    [owed || (wrong && open), 'acknowledge', true],
    [isReleasable(floor, session, item), 'release', true],
    [isAssentable(floor, session, item, around), 'assent'],
    [isRespondable(floor, item, around), 'respond', true],
    [mine && item.questioned && open, 'clarification.answered', true],
    [!mine && item.questioned, 'clarification.understood'],
    [ladder?.acknowledged === true && item.superseded === null, 'passed-on'],
    [ladder !== undefined && !isConfirmed(ladder) && item.superseded === null, 'unit-confirmed', true],
    [ladder?.acknowledged === true && item.superseded === null, 'outcome'],
    [!mine && open && isAnswerable(said), 'answer'],
    [!mine && item.superseded === null && isAnswerable(said), 'clarification.asked'],
    [owed && ladder?.declined === null, 'decline'],
    [hasText(item), 'rendition'],
    [mine && open && isCorrectable(floor, said, item), 'correction'],
  ];
  return wanted
    .filter(([is]) => is)
    .map(([, act, isMain = false]) => ({ act, kind: act.split('.')[0] ?? act, isMain }));
}

/** Rows of the procedure's table that this member may use now; only beside the statement that opened the case. */
function moveOffers(floor: Floor, session: SessionView, item: ItemView, around: Around): readonly Offer[] {
  const procedure = floor.procedureOf(item.kind);
  if (!procedure || !around.opener) return [];
  const role = floor.member(session.member)?.role;
  const rows = procedure.moves.filter(
    (move) =>
      move.frm.includes(around.state) &&
      !floor.isHandling(move.kind) &&
      (move.who === 'concerned' ? around.concerned === true : mayMove(move, item, session, role === 'facilitator')),
  );
  const kinds = new Set<string>();
  return rows
    .filter((row) => !kinds.has(row.kind) && kinds.add(row.kind))
    .map((row) => ({ act: 'move', kind: row.kind, to: row.to, isMain: row.kind === 'present' }));
}

/** What the authority may say of what was said in its stead: of an own statement, by another officer, while nothing is settled. */
function settlingOffers(floor: Floor, session: SessionView, item: ItemView): readonly Offer[] {
  const said = item.emergency;
  if (!said || said.settled !== null || item.author !== floor.me || item.position === session.position) return [];
  if (!session.mandates.some((mandate) => said.authority.includes(mandate.name))) return [];
  return SETTLING.map((kind, at) => ({ act: 'move', kind, to: '', isMain: at === 0 }));
}

function mayMove(move: Move, opening: ItemView, { member: me, position }: SessionView, facilitator: boolean): boolean {
  switch (move.who) {
    case 'opener':
      return opening.author === me;
    case 'addressee':
      return opening.addressees.includes(me);
    case 'others':
      return opening.author !== me;
    case 'facilitator':
      return facilitator;
    case 'named':
      return opening.author === me && opening.content?.['to'] === position;
    default:
      return true;
  }
}

function isReleasable(floor: Floor, session: SessionView, item: ItemView): boolean {
  if (item.released !== null || item.author !== floor.me || item.position === session.position) return false;
  const wanted = floor.rule(item.kind)?.countersigned_by ?? [];
  return session.mandates.some((mandate) => wanted.includes(mandate.name));
}

/** Whether the procedure takes this member's assent to the statement that opened the case. */
function isAssentable(floor: Floor, session: SessionView, item: ItemView, around: Around): boolean {
  const rows = floor.procedureOf(item.kind)?.moves ?? [];
  const facilitator = floor.member(session.member)?.role === 'facilitator';
  return (
    around.opener &&
    item.superseded === null &&
    rows.some(
      (move) => move.kind === 'assent' && move.frm.includes(around.state) && mayMove(move, item, session, facilitator),
    )
  );
}

/** Whether the case waits for what this member says to the proposal as it stands: the opening one, or its correction. */
function isRespondable(floor: Floor, item: ItemView, around: Around): boolean {
  const proposal = around.opener || item.kind === 'correction';
  return proposal && item.author !== floor.me && item.superseded === null && around.responds === true;
}

const isAnswerable = (kind: Kind | null): boolean => kind === null || kind.acknowledged;
const isCorrectable = (floor: Floor, kind: Kind | null, item: ItemView): boolean =>
  kind !== null &&
  kind.fields.length > 0 &&
  item.content !== null &&
  (kind.opens !== null || !floor.isHandling(item.kind));
const hasText = (item: ItemView): boolean => typeof item.content?.['text'] === 'string';
