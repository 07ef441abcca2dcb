// Sheets that the program makes: what the outgoing watch tells the incoming one, frozen under its digest.

import type { JsonFields, PrecedenceName, Titles } from './basics';
import type { ClockView, LadderView, SilenceView, WatchView } from './cases';
import type { LogEntry, StandingOrder } from './private';

export interface KeptSheet {
  readonly digest: string;
  readonly made_ms: number;
  readonly by: string;
  readonly to: string;
}

/** A statement, and how its case stands. */
export interface SaidView {
  readonly reference: string;
  readonly case: string;
  readonly desk: string;
  readonly at_ms: number;
  readonly author: string;
  readonly position: string;
  readonly kind: string;
  readonly precedence: PrecedenceName;
  readonly addressees: readonly string[];
  readonly state: string;
  readonly state_title: Titles;
  readonly content: JsonFields | null;
  /** What it says, by language, where it says a phrase. */
  readonly phrase: Titles;
  /** Members whose human acknowledgement is waited for. */
  readonly waits_for: readonly string[];
}

export interface ClockRow {
  readonly clock: ClockView;
  readonly missed: boolean;
  /** Kinds of which one would stop it. */
  readonly next: readonly string[];
}

export interface StopRow {
  readonly said: SaidView;
  readonly until_ms: number | null;
  readonly ladders: readonly LadderView[];
}

export interface QuestionRow {
  readonly said: SaidView;
  readonly asker: string;
  readonly opened: string;
  readonly opened_ms: number;
  readonly fields: readonly string[];
}

export interface AheadRow {
  readonly said: SaidView;
  readonly field: string;
  readonly title: Titles;
  readonly from_ms: number;
  readonly until_ms: number | null;
}

export interface Situation {
  readonly at_ms: number;
  readonly clocks: readonly ClockRow[];
  readonly stops: readonly StopRow[];
  readonly clarifications: readonly QuestionRow[];
  readonly unread: readonly SaidView[];
  readonly ahead: readonly AheadRow[];
  readonly silence: readonly SilenceView[];
  readonly watches: readonly WatchView[];
  readonly orders: readonly StandingOrder[];
  readonly left_out: Readonly<Record<string, number>>;
}

export interface HandoverSheet {
  readonly version: number;
  readonly mechanism: string;
  readonly name: string;
  readonly banner: string | null;
  readonly member: string;
  readonly made_ms: number;
  readonly by: string;
  readonly to: string;
  readonly since_ms: number;
  readonly heads: Readonly<Record<string, number>>;
  readonly log_upto: number;
  readonly situation: Situation;
  readonly log: readonly LogEntry[];
  readonly calls: readonly SaidView[];
  readonly papers: readonly SaidView[];
}

/** What came after a sheet was made, oldest first. */
export interface SinceSheet {
  readonly at_ms: number;
  readonly said: readonly SaidView[];
  readonly log: readonly LogEntry[];
  readonly left_out: number;
}

export interface SheetView {
  readonly kept: KeptSheet;
  readonly sheet: HandoverSheet;
  readonly since: SinceSheet;
}
