// Marks that turn the direction of writing, and control characters, made visible: `U+202E` instead of its effect. Joiners,
// which Arabic and Persian need, are left. Pure.

const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const CONTROL = /\p{Cc}|\p{Zl}|\p{Zp}/u;

export function visible(text: string): string {
  let shown = '';
  for (const character of text) shown += needsShowing(character) ? name(character) : character;
  return shown;
}

function needsShowing(character: string): boolean {
  return TURNING.test(character) || (CONTROL.test(character) && character !== '\n');
}

function name(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`;
}
