// Texts that a person wrote, and which of them is the original.

import type { JsonFields, PhraseRendering, Renderings } from '../data/wire';

export interface UserText {
  /** BCP 47, or '' where it is not known. */
  readonly language: string;
  readonly text: string;
}

const TEXT_FIELDS = ['text', 'reason', 'terms'] as const;

/** The text of a content, in the language it names; null where it has none. */
export function textOf(content: JsonFields | null): UserText | null {
  if (!content) return null;
  const text = TEXT_FIELDS.map((name) => content[name]).find((one) => typeof one === 'string' && one.trim() !== '');
  const language = typeof content['lang'] === 'string' ? content['lang'] : '';
  return typeof text === 'string' ? { language, text } : null;
}

export interface RenderedPhrase {
  readonly language: string;
  readonly rendering: PhraseRendering;
}

/** A phrase in the reader's language, or in English, or in whatever language there is. */
export function phraseFor(phrase: Renderings | null | undefined, language: string): RenderedPhrase | null {
  const tag = [language, 'en', ...Object.keys(phrase ?? {})].find((one) => phrase?.[one]);
  const rendering = tag ? phrase?.[tag] : undefined;
  return tag && rendering ? { language: tag, rendering } : null;
}

/** Parts of a rendering, each with the place at which it begins. */
export function placed<Part extends { readonly text: string }>(
  parts: readonly Part[],
): readonly { readonly part: Part; readonly at: number }[] {
  let at = 0;
  return parts.map((part) => {
    const one = { part, at };
    at += part.text.length + 1;
    return one;
  });
}
