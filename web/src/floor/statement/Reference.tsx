// A reference as it is drawn at the head of a card and read aloud on a telephone: with its letter.

import { useSeat } from '../../app/seat';
import { letterIn, SPELLED } from '../../record/references';

export function Reference({ children: of }: { readonly children: string }) {
  const letter = letterIn(of, useSeat().floor.codes);
  return (
    <bdi className="ref" dir="ltr">
      {of}
      {letter && (
        <span className="ref__letter" title={SPELLED[letter]}>
          -{letter}
        </span>
      )}
    </bdi>
  );
}
