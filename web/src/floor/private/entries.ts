// What an officer types into the forms of what is private, read: lists by commas and lines, references such as SYR 42. Pure.

import { fault, given, type Read } from '../../forms/read';
import { isMisheard, typedIn } from '../../record/references';

const TELEPHONE = /^\+?[0-9][0-9 ().-]{1,38}[0-9]$/;
const TAG = /^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$/;

type List = Read<readonly string[]>;

/** The pieces of a list, one a line or parted by commas (of any script) or semicolons. */
export const pieces = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,،;؛\n]/)
      .map((one) => one.trim().replace(/\s+/g, ' '))
      .filter((one) => one !== ''),
  ),
];

/** References as people type them, each with its letter or without; `codes`: of the members, in the charter's order. */
export function referencesIn(text: string, codes: readonly string[]): List {
  const found: string[] = [];
  for (const piece of pieces(text)) {
    const typed = typedIn(piece, codes);
    if (!typed) return fault('reference');
    if (isMisheard(typed)) return fault('letter');
    found.push(typed.reference);
  }
  return given([...new Set(found)]);
}

/** Telephone numbers, at least one. */
export function telephonesIn(text: string): List {
  const found = pieces(text);
  if (found.length === 0) return fault('missing');
  return found.every((one) => TELEPHONE.test(one)) ? given(found) : fault('telephone');
}

/** Language tags. */
export function languagesIn(text: string): List {
  const found = text.split(/[\s,،;؛]+/).filter((one) => one !== '');
  return found.every((one) => TAG.test(one)) ? given([...new Set(found)]) : fault('language');
}
