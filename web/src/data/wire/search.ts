// Search: what was found, and where in the original texts.

import type { PrecedenceName } from './basics';

/** A piece of an original text; `start` and `marks` are offsets in the original, in code points. */
export interface ExcerptView {
  readonly field: string;
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly marks: readonly (readonly [start: number, end: number])[];
  /** Whether more of the original stands after it. */
  readonly further: boolean;
}

export interface SearchHit {
  readonly reference: string;
  readonly letter: string;
  readonly case: string;
  readonly desk: string;
  readonly kind: string;
  readonly author: string;
  readonly position: string;
  readonly precedence: PrecedenceName;
  readonly at_ms: number;
  readonly about: string | null;
  readonly void: string | null;
  readonly superseded: string | null;
  readonly withheld: boolean;
  readonly distance_m: number | null;
  readonly excerpts: readonly ExcerptView[];
}

/** The reference that was typed; misheard, where another letter was given than it has. */
export interface NamedView {
  readonly reference: string;
  readonly letter: string;
  readonly given: string;
  readonly misheard: boolean;
  readonly hit: SearchHit | null;
}

export interface SearchPage {
  readonly named: NamedView | null;
  readonly hits: readonly SearchHit[];
  readonly next: string | null;
  /** Entries that are held and cannot be found yet. */
  readonly behind: number;
}

/** What is looked for, as the node takes it. */
export interface SearchQuery {
  readonly text?: string;
  readonly member?: string;
  readonly kind?: string;
  readonly desk?: string;
  readonly precedence?: PrecedenceName;
  readonly from_ms?: number;
  readonly until_ms?: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly radius_m?: number;
  readonly order?: 'newest' | 'best';
  readonly language?: string;
}
