// References as people say and type them, and the letter by which a misheard one is noticed: see the node's
// `procedure/references.py`, to which this is held by vectors. Pure.

export const LETTERS = 'FHKLMRTUWXY';

/** How each letter is said on a telephone (ICAO Annex 10, volume II, 5.2.1.3). */
export const SPELLED: Readonly<Record<string, string>> = {
  F: 'Foxtrot',
  H: 'Hotel',
  K: 'Kilo',
  L: 'Lima',
  M: 'Mike',
  R: 'Romeo',
  T: 'Tango',
  U: 'Uniform',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
};

const MAX_TYPED = 40;
const GENERATION_WEIGHT = 5;
const MAX_GENERATION = 16;
const TYPED = /^[ \t\r\n]*([A-Z][A-Z0-9]{1,7}?)[ \t_-]*([0-9]{1,16})(?:[ \t_-]*([A-Z]))?[ \t\r\n]*$/;
const NAMED = /^([A-Z][A-Z0-9]{1,7}) ([0-9]{1,16})$/;

/** A reference with the letter that it has; `given`: the letter that was typed, '' where none was. */
export interface Typed {
  readonly reference: string;
  readonly letter: string;
  readonly given: string;
}

/** The letter of an entry, by its member's place in the charter, the generation of its log, and its number in digits. */
export function letterOf(ordinal: number, generation: number, digits: string): string {
  let total = ordinal + GENERATION_WEIGHT * (generation - 1);
  let weight = 1;
  for (const digit of [...digits].reverse()) {
    total += weight * Number(digit);
    weight = (weight * 2) % LETTERS.length;
  }
  return LETTERS[total % LETTERS.length] ?? '';
}

/** The letter of a plain reference; '' where it is of no member in `codes`, which are in the charter's order. */
export function letterIn(reference: string, codes: readonly string[]): string {
  const [, log, digits] = NAMED.exec(reference) ?? [];
  const found = log && digits ? logIn(log, codes) : null;
  return found && digits ? letterOf(found.ordinal, found.generation, digits) : '';
}

/** A reference as people type it (`SYR 42`, `syr42`, `SYR-42-F`); null where it is none of a member in `codes`. */
export function typedIn(text: string, codes: readonly string[]): Typed | null {
  if ([...text].length > MAX_TYPED) return null;
  const shown = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, digit)
    .toUpperCase();
  const [, log, number, given = ''] = TYPED.exec(shown) ?? [];
  const found = log && number ? logIn(log, codes) : null;
  if (!found || !log || !number) return null;
  const digits = number.replace(/^0+(?=[0-9])/, '');
  return { reference: `${log} ${digits}`, letter: letterOf(found.ordinal, found.generation, digits), given };
}

export const isMisheard = (one: Typed): boolean => one.given !== '' && one.given !== one.letter;

/** What is typed, without the letter where that is the right one: so it is checked, and what is signed is the plain reference. */
export function plainReference(text: string, codes: readonly string[]): string {
  const one = typedIn(text, codes);
  return one && one.given !== '' && !isMisheard(one) ? one.reference : text;
}

/** A decimal digit of any script as an ASCII one: each script's ten stand together, apart from those of others (but for the
 * mathematical ones, which are ASCII by then). */
function digit(char: string): string {
  let zero = char.codePointAt(0) ?? 0;
  const code = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero -= 1;
  return String((code - zero) % 10);
}

function logIn(log: string, codes: readonly string[]): { ordinal: number; generation: number } | null {
  const code = log.replace(/[0-9]+$/, '');
  const generation = log.slice(code.length);
  const ordinal = codes.indexOf(code);
  if (ordinal < 0 || generation.startsWith('0') || generation === '1' || Number(generation || 1) > MAX_GENERATION)
    return null;
  return { ordinal, generation: Number(generation || 1) };
}
