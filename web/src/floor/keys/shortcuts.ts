// Shortcuts of the keyboard. Function keys work from everywhere, also while typing; single letters only where nothing is being
// typed, and they can be turned off (WCAG 2.2, 2.1.4). A letter is taken by its place on the keyboard, so that it is the same
// key whatever language is set. Pure.

export type Command =
  | 'stop'
  | 'acknowledge'
  | 'write'
  | 'drafts'
  | 'present'
  | 'silence'
  | 'line'
  | 'record'
  | 'search'
  | 'watch'
  | 'officer'
  | 'shortcuts'
  | { readonly desk: number };

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

export const FUNCTION_KEYS: Readonly<Record<string, Command>> = { F9: 'stop', F8: 'acknowledge' };
export const LETTERS: Readonly<Record<string, Command>> = {
  KeyA: 'acknowledge',
  KeyN: 'write',
  KeyO: 'officer',
  KeyD: 'drafts',
  KeyP: 'present',
  KeyM: 'silence',
  KeyL: 'line',
  KeyR: 'record',
  KeyW: 'watch',
};

export function commandOf(pressed: Pressed, typing: boolean, letters: boolean): Command | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat) return null;
  const known = FUNCTION_KEYS[pressed.key];
  if (known) return known;
  if (typing || !letters) return null;
  if (pressed.key === '?' || pressed.key === '؟') return 'shortcuts';
  if (pressed.key === '/' || (pressed.code === 'Slash' && !pressed.shiftKey)) return 'search';
  const digit = /^Digit([1-9])$/.exec(pressed.code)?.[1];
  if (digit) return { desk: Number(digit) - 1 };
  return LETTERS[pressed.code] ?? null;
}

const TYPED_IN = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]';

export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.matches(TYPED_IN);
