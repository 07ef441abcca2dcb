// The phrasebook, the text guard, drafts.

import type { Json, JsonFields, PrecedenceName, Titles } from './basics';

export interface PhraseSlot {
  readonly kind:
    | 'instant'
    | 'duration'
    | 'place'
    | 'height'
    | 'distance'
    | 'bearing'
    | 'count'
    | 'objects'
    | 'unit'
    | 'case'
    | 'member'
    | 'choice';
  readonly labels: Titles;
  readonly limits: Readonly<Record<string, Json>>;
  readonly enumeration: string | null;
}

export interface Phrase {
  readonly id: string;
  readonly category: string;
  readonly precedence: PrecedenceName;
  readonly kinds: readonly string[];
  readonly titles: Titles;
  readonly outlines: Titles;
  readonly slots: readonly string[];
}

export interface Phrasebook {
  readonly languages: readonly { readonly tag: string; readonly name: string; readonly dir: 'ltr' | 'rtl' }[];
  readonly categories: readonly { readonly id: string; readonly titles: Titles }[];
  readonly phrases: readonly Phrase[];
  readonly slots: Readonly<Record<string, PhraseSlot>>;
  readonly enumerations: Readonly<Record<string, readonly { readonly code: string; readonly labels: Titles }[]>>;
}

export interface GuardFlag {
  readonly code: string;
  /** Code points from the beginning of the text. */
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly sentence: string;
  readonly rule: string | null;
  readonly severity: 'refuse' | 'warn';
}

/** kept: left unsent at a terminal that its author left; only its author sees it. */
export type DraftState = 'kept' | 'draft' | 'in-review' | 'ready' | 'sent' | 'dropped';

export interface DraftBody {
  readonly kind: string;
  readonly channel: string;
  readonly case: string | null;
  readonly precedence: PrecedenceName;
  readonly addressees: readonly string[];
  readonly content: JsonFields;
  readonly language: string;
}

export interface DraftRequest extends DraftBody {
  readonly state: DraftState;
  readonly reference?: string | null;
}

export interface DraftView {
  readonly id: string;
  readonly version: number;
  readonly state: DraftState;
  readonly author: string;
  readonly updated_ms: number;
  readonly body: DraftBody;
  readonly reference: string | null;
  readonly notes: readonly { readonly position: string; readonly at_ms: number; readonly text: string }[];
}

export interface DraftPage {
  readonly drafts: readonly DraftView[];
  readonly next: string | null;
}
