// Cases, the feed of a desk, clocks, rings, and what is known of every other member.

import type { JsonFields, PrecedenceName, Titles } from './basics';
import type { FieldKind } from './floor';

export interface RungView {
  readonly rung: string;
  readonly at_ms: number;
  readonly reference: string;
  readonly position: string;
  readonly detail: string;
}

/** A unit, by its alias, that a statement was passed on to; `confirmed`: null until the unit has confirmed. */
export interface UnitView {
  readonly alias: string;
  readonly passed: RungView;
  readonly confirmed: RungView | null;
  /** Who there, by which means, and when, as the officer who tells it says. */
  readonly confirmed_by: string;
  readonly how: string;
  readonly confirmed_ms: number | null;
}

export interface LadderView {
  readonly member: string;
  readonly rungs: readonly RungView[];
  readonly acknowledged: boolean;
  readonly mismatched: readonly string[];
  readonly declined: RungView | null;
  /** Null where no acknowledgement is waited for any more. */
  readonly due_ms: number | null;
  readonly units: readonly UnitView[];
  /** Until when the units are to confirm; null where none is waited for. */
  readonly units_due_ms: number | null;
}

export interface BecauseView {
  readonly code: string;
  readonly reason: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly before: string | null;
  readonly unseen: boolean;
}

export interface PhrasePart {
  readonly text: string;
  readonly slot: string | null;
  readonly dir: 'ltr' | 'rtl';
}

export interface PhraseRendering {
  readonly text: string;
  readonly parts: readonly PhrasePart[];
}

export type Renderings = Readonly<Record<string, PhraseRendering>>;

/** What an addressee reads back: a field, or `phrase.` and a slot of the phrase. */
export interface CriticalView {
  readonly name: string;
  readonly kind: FieldKind;
  readonly title: Titles;
  /** What a slot says; null for a field, which stands in the content. */
  readonly said: number | string | readonly (number | string)[] | null;
}

/** `settled`: by which statement its authority confirmed or withdrew it; null while neither is done. */
export interface EmergencyView {
  readonly authority: readonly string[];
  readonly tried_since_ms: number;
  readonly reason: string;
  readonly due_ms: number;
  readonly settled: string | null;
  readonly withdrawn: boolean;
}

export interface ItemView {
  readonly reference: string;
  readonly case: string;
  readonly digest: string;
  readonly at_ms: number;
  readonly author: string;
  readonly position: string;
  readonly mandate: string;
  readonly kind: string;
  readonly understood: boolean;
  readonly precedence: PrecedenceName;
  readonly addressees: readonly string[];
  readonly channel: string;
  readonly about: readonly string[];
  readonly content: JsonFields | null;
  readonly sight: string | null;
  readonly because: BecauseView | null;
  readonly superseded: string | null;
  readonly released: string | null;
  /** Said under the emergency mandate; null: it was not. */
  readonly emergency: EmergencyView | null;
  readonly renditions: readonly string[];
  readonly questioned: boolean;
  readonly critical: readonly CriticalView[];
  readonly ladders: readonly LadderView[];
  readonly held_by: readonly RungView[];
  readonly phrase?: Renderings | null;
}

export interface ClarificationView {
  readonly about: string;
  readonly asker: string;
  readonly opened: string;
  readonly opened_ms: number;
  readonly fields: readonly string[];
  readonly answers: readonly string[];
  readonly closed: string | null;
}

export interface ClockView {
  readonly name: string;
  readonly title: Titles;
  readonly case: string;
  readonly about: string;
  readonly kind: string;
  readonly desk: string;
  readonly member: string;
  readonly precedence: PrecedenceName;
  readonly since_ms: number;
  readonly due_ms: number;
  readonly stored: boolean;
  readonly stopped_ms: number | null;
}

export interface EnteredView {
  readonly state: string;
  readonly title: Titles;
  readonly by: string;
  readonly at_ms: number;
}

/** What a member that a proposal concerns has answered; `answer` is null while it has not, and `proposes` of its author. */
export interface ResponseView {
  readonly member: string;
  readonly answer: 'proposes' | 'confirmed' | 'reserved' | 'declined' | 'denied' | null;
  readonly reference: string | null;
  readonly position: string | null;
  readonly at_ms: number | null;
  readonly reason: string | null;
}

export interface CaseView {
  readonly reference: string;
  readonly desk: string;
  readonly kind: string;
  readonly state: string;
  readonly state_title: Titles;
  readonly over: boolean;
  readonly final: boolean;
  readonly channel: string;
  readonly opener: string;
  readonly opened_ms: number;
  readonly moved_ms: number;
  readonly cursor: string;
  readonly items: readonly ItemView[];
  readonly entered: readonly EnteredView[];
  readonly clarifications: readonly ClarificationView[];
  readonly clocks: readonly ClockView[];
  readonly moves: readonly { readonly kind: string; readonly to: string }[];
  readonly responses: readonly ResponseView[];
}

export interface CasesPage {
  readonly cases: readonly CaseView[];
  readonly next: string | null;
}

export interface FeedItem {
  readonly item: ItemView;
  readonly state: string;
  readonly over: boolean;
  readonly opener: boolean;
}

export interface FeedPage {
  readonly items: readonly FeedItem[];
  readonly next: string | null;
}

export interface RingView {
  readonly reference: string;
  readonly case: string;
  readonly kind: string;
  readonly author: string;
  readonly precedence: PrecedenceName;
  readonly stage: 'first' | 'alternates' | 'facilitator' | 'missed';
  readonly alternates: number;
  readonly whose: string;
  readonly since_ms: number;
  readonly due_ms: number;
  /** The officers whom it reaches; none: every officer of the watch. */
  readonly positions: readonly string[];
}

/** The accountable watch of a member. */
export interface WatchView {
  readonly member: string;
  readonly position: string;
  readonly alternates: readonly string[];
  readonly shift: string;
  readonly roster: string;
  readonly handover: string | null;
  readonly handing: string | null;
}

export interface EvidenceView {
  readonly code: string;
  readonly at_ms: number;
  readonly by: string;
  readonly arguments: Readonly<Record<string, string>>;
}

export interface SilenceView {
  readonly code: string;
  readonly standing: 'reachable' | 'unreachable' | 'silent';
  readonly cause: 'none' | 'unknown' | 'link' | 'node' | 'desk' | 'declined' | 'refused';
  readonly since_ms: number;
  readonly evidence: readonly EvidenceView[];
}

export interface NowView {
  readonly now_ms: number;
  readonly clocks: readonly ClockView[];
  readonly rings: readonly RingView[];
  readonly silence: readonly SilenceView[];
  /** When this member is to ask the others for a proof of life. */
  readonly proof_due_ms: number | null;
  readonly watches: readonly WatchView[];
}
