// The live check of a text while it is written: how many words it may have, and which flags stand. Pure.

import type { PrecedenceName } from '../data/wire';

/** FLASH and IMMEDIATE texts are short: they are read under stress. */
export const MAX_WORDS = 200;

export function wordCount(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/u).length;
}

export function isTooLong(text: string, precedence: PrecedenceName): boolean {
  return (precedence === 'FLASH' || precedence === 'IMMEDIATE') && wordCount(text) > MAX_WORDS;
}
