// What an officer types into the forms of what is private, read: lists by commas and lines, references such as SYR 42. Pure.

const REFERENCE = /^[A-Z][A-Z0-9]{1,7} (0|[1-9][0-9]{0,15})$/;
const TELEPHONE = /^\+?[0-9][0-9 ().-]{1,38}[0-9]$/;

/** The pieces of a list, one a line or parted by commas (of any script) or semicolons. */
export const pieces = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,،;؛\n]/)
      .map((one) => one.trim().replace(/\s+/g, ' '))
      .filter((one) => one !== ''),
  ),
];

/** References as they are written, in any case of letters; null where a piece is none. */
export function referencesIn(text: string): readonly string[] | null {
  const found = pieces(text).map((one) => one.toUpperCase().replace(/^([A-Z][A-Z0-9]*?)[ -]?(\d+)$/, '$1 $2'));
  return found.every((one) => REFERENCE.test(one)) ? found : null;
}

/** Telephone numbers; null where a piece is none, or there are none at all. */
export function telephonesIn(text: string): readonly string[] | null {
  const found = pieces(text);
  return found.length > 0 && found.every((one) => TELEPHONE.test(one)) ? found : null;
}

/** Language tags; null where a piece is none. */
export function languagesIn(text: string): readonly string[] | null {
  const found = text.split(/[\s,،;؛]+/).filter((one) => one !== '');
  return found.every((one) => /^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$/.test(one)) ? [...new Set(found)] : null;
}
