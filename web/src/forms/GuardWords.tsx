// What a flag of the text guard says, in the officer's language by its code; a code that is not known here keeps the node's
// own sentence.

import { useLingui } from '@lingui/react';
import type { GuardFlag } from '../data/wire';
import { Words } from '../parts/Words';
import { GUARD_SAYINGS } from './guardSayings';

export function GuardWords({ of }: { readonly of: GuardFlag }) {
  const { i18n } = useLingui();
  const saying = GUARD_SAYINGS.get(of.code);
  if (!saying) return <Words of={{ text: of.sentence, language: 'en' }} />;
  const translate = i18n._.bind(i18n);
  const figures = Object.entries(saying.figures ?? {}).map(([name, text]) => [name, leftToRight(text)]);
  return (
    <>
      {translate(saying.title.id)}
      {' · '}
      {translate(saying.instead.id, Object.fromEntries(figures))}
    </>
  );
}

/** Figures and codes, isolated (Unicode UAX #9): a right-to-left sentence does not turn them round. */
const leftToRight = (text: string): string => `\u2066${text}\u2069`;
