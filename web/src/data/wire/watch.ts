// What an officer asks while a roster is written, and while a statement is read aloud.

export interface PositionView {
  readonly position: string;
  readonly mandates: readonly string[];
}

export interface PositionsView {
  readonly positions: readonly PositionView[];
}

export interface RosterFaultView {
  readonly code: string;
  readonly reason: string;
  readonly field: string;
  readonly rule: string | null;
}

/** On a weekday (0 is Monday), from minute to minute, nobody has the watch, or two have. `holiday`: whose shifts these are. */
export interface HoleView {
  readonly day: number;
  readonly start: number;
  readonly end: number;
  readonly twice: boolean;
  readonly holiday: number | null;
}

export interface StintView {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly position: string;
  readonly alternates: readonly string[];
  readonly languages: readonly string[];
}

/** Minutes ahead of UTC before and after. */
export interface ClockChangeView {
  readonly at_ms: number;
  readonly before: number;
  readonly after: number;
}

export interface RosterPreview {
  readonly fault: RosterFaultView | null;
  readonly holes: readonly HoleView[];
  readonly week: readonly StintView[];
  readonly clock_change: ClockChangeView | null;
}

/** A piece that is read aloud: as it is written, and as it is spoken. */
export interface SpokenView {
  readonly written: string;
  readonly spoken: string;
}

export interface LineView {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly SpokenView[];
  readonly critical: boolean;
}

export interface ReadingView {
  readonly banner: string | null;
  readonly reference: string;
  readonly case: string;
  readonly language: string;
  readonly lines: readonly LineView[];
  readonly text: string;
  readonly text_language: string;
  readonly check_words: readonly string[];
}
