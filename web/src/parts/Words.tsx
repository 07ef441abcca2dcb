// Texts that people wrote, phrases as rendered, references and codes. Every one is isolated (Unicode UAX #9, isolates): no
// text can change how what stands beside it reads. Directional marks inside a text are shown as what they are, not obeyed.
// A text is held in a box of its own: long ones scroll in it, and no letter, however tall, paints outside it.

import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { FACTS, LANGUAGES } from '../language/languages';
import { placed, type RenderedPhrase, type UserText } from './texts';
import { useScrolls } from './useScrolls';
import { visible } from './visible';

function directionOf(language: string): 'ltr' | 'rtl' | 'auto' {
  const known = LANGUAGES.find((one) => language === one || language.startsWith(`${one}-`));
  return known ? FACTS[known].dir : 'auto';
}

const attributes = (language: string) => ({ dir: directionOf(language), ...(language ? { lang: language } : {}) });

/** A text that a person wrote, in its own direction and language. */
export function Words({ of }: { readonly of: UserText }) {
  return (
    <bdi className="words" {...attributes(of.language)}>
      {visible(of.text)}
    </bdi>
  );
}

/** The same as a paragraph of its own: it begins at the side at which its language begins. */
export function Passage({ of }: { readonly of: UserText }) {
  const { t } = useLingui();
  const text = useMemo(() => visible(of.text), [of.text]);
  const [box, scrolls] = useScrolls<HTMLDivElement>();
  return (
    <div className="passage" ref={box} {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': t`Long text` })}>
      <p className="words" {...attributes(of.language)}>
        {text}
      </p>
    </div>
  );
}

/** A piece of a text with what was looked for marked in it; `from`, `on`: whether something stands before it, or after. */
export function MarkedPassage({ language, pieces, from, on }: MarkedProps) {
  return (
    <div className="passage">
      <p className="words" {...attributes(language)}>
        {from && '… '}
        {pieces.map((piece) =>
          piece.marked ? (
            <mark key={piece.at}>{visible(piece.text)}</mark>
          ) : (
            <span key={piece.at}>{visible(piece.text)}</span>
          ),
        )}
        {on && ' …'}
      </p>
    </div>
  );
}

interface MarkedProps {
  readonly language: string;
  readonly pieces: readonly { readonly at: number; readonly text: string; readonly marked: boolean }[];
  readonly from: boolean;
  readonly on: boolean;
}

/** A phrase of the phrasebook: its own words and what fills its slots, each slot isolated and marked. */
export function PhraseWords({ of }: { readonly of: RenderedPhrase }) {
  return (
    <p className="words phrase" {...attributes(of.language)}>
      {placed(of.rendering.parts).map(({ part, at }) =>
        part.slot === null ? (
          <span key={at}>{part.text}</span>
        ) : (
          <bdi className="phrase__slot" key={at} dir={part.dir}>
            {visible(part.text)}
          </bdi>
        ),
      )}
    </p>
  );
}

/** A reference or code: always left to right, never broken in two. */
export function Ref({ children }: { readonly children: string }) {
  return (
    <bdi className="ref" dir="ltr">
      {visible(children)}
    </bdi>
  );
}

/** A name, label or digest that may be long: left to right, broken where it must be. */
export function Code({ children }: { readonly children: string }) {
  return (
    <code className="code" dir="ltr">
      {visible(children)}
    </code>
  );
}
