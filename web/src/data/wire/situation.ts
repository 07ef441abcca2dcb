// What stands on the ground, in the air and at sea, and what of it clashes. Volumes are as the record holds them: places in 1e-7
// degree, latitude first; heights in centimetres above a datum; Unix ms.

import type { JsonFields } from './basics';
import type { ResponseView } from './cases';

export type StandingKind = 'notice' | 'zone' | 'standstill' | 'stop';
export type ConflictStatus = 'conflict' | 'not comparable' | 'near';
export type RelationName = 'overlaps' | 'near' | 'apart' | 'unknown';

export interface StandingView {
  readonly reference: string;
  /** Reference of the statement that says what it is now. */
  readonly version: string;
  readonly kind: StandingKind;
  readonly member: string;
  readonly state: string;
  readonly activity: string;
  readonly bound: readonly string[];
  readonly volumes: readonly JsonFields[];
  /** Numbers of volumes drawn as the circle around them. */
  readonly doubtful: readonly number[];
}

/** Gaps are negative where they overlap, null where there is no number. */
export interface VerdictView {
  readonly space: RelationName;
  readonly time: RelationName;
  readonly height: RelationName;
  readonly distance_m: number;
  readonly distance_error_m: number;
  readonly time_gap_ms: number;
  readonly height_gap_m: number | null;
}

export interface ConflictView {
  readonly items: readonly string[];
  readonly status: ConflictStatus;
  readonly verdict: VerdictView;
  readonly coordination: string | null;
  readonly coordination_state: string | null;
  readonly way: string | null;
  readonly responses: readonly ResponseView[];
}

export interface SituationView {
  readonly items: readonly StandingView[];
  readonly conflicts: readonly ConflictView[];
  readonly complete: boolean;
}

/** What something drawn would meet if it were filed now. */
export interface MeetingView {
  readonly reference: string;
  readonly version: string;
  readonly kind: StandingKind;
  readonly member: string;
  readonly activity: string;
  readonly mine: number;
  readonly theirs: number;
  readonly status: ConflictStatus;
  readonly verdict: VerdictView;
  readonly must_name: boolean;
}

export type DoubtCode =
  | 'outside-area'
  | 'jump'
  | 'unit'
  | 'begun'
  | 'long'
  | 'name-unknown'
  | 'name-elsewhere'
  | 'landmark-elsewhere';

/** Something that is to be looked at before it is filed; it refuses nothing. */
export interface DoubtView {
  /** Which volume, from 0. */
  readonly volume: number;
  readonly code: DoubtCode;
  readonly field: string;
  /** What was found; names end in their unit. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Latitude and longitude, in 1e-7 degree, of the place that may have been meant. */
  readonly guess: readonly number[] | null;
  /** What was changed to find it, or the unit that may have been meant. */
  readonly how: 'swapped' | 'south' | 'west' | 'digits' | 'feet' | 'metres' | null;
  readonly reason: string;
}

export interface CheckedView {
  readonly meetings: readonly MeetingView[];
  readonly doubts: readonly DoubtView[];
  /** By how much a notice filed now falls short of the lead time that the charter asks for. */
  readonly short_ms: number | null;
}

export interface Drawn {
  readonly kind: StandingKind;
  readonly activity: string;
  readonly volumes: readonly JsonFields[];
  readonly bound: readonly string[];
  readonly besides: string | null;
  /** How the place of the first volume is also said, to be compared with the gazetteers of this node. */
  readonly place_name: string | null;
  readonly landmark: Landmark | null;
}

/** A true bearing in degrees, and a distance, from a place of a gazetteer. */
export interface Landmark {
  readonly name: string;
  readonly bearing_deg: number;
  readonly distance_m: number;
}
