// Texts that people wrote, references and codes. Every one is isolated (Unicode UAX #9, isolates): no text can change how
// what stands beside it reads. Directional marks inside a text are shown as what they are, not obeyed.

import type { UserText } from '../data/floor';
import { visible } from './visible';

/** A text that a person wrote, in its own direction and language. */
export function Words({ of }: { readonly of: UserText }) {
  return (
    <bdi className="words" dir="auto" {...(of.language ? { lang: of.language } : {})}>
      {visible(of.text)}
    </bdi>
  );
}

/** The same as a paragraph of its own: it begins at the side at which its language begins. */
export function Passage({ of }: { readonly of: UserText }) {
  return (
    <p className="words" dir="auto" {...(of.language ? { lang: of.language } : {})}>
      {visible(of.text)}
    </p>
  );
}

/** A reference or code: always left to right, never broken in two. */
export function Ref({ children }: { readonly children: string }) {
  return (
    <bdi className="ref" dir="ltr">
      {children}
    </bdi>
  );
}
