// A reference with a letter that is not its own: something was misheard, and nothing is told of what stands there.

import { Trans } from '@lingui/react/macro';
import { Ref } from '../../parts/Words';

interface Misheard {
  readonly reference: string;
  readonly letter: string;
  readonly given: string;
}

export function MisheardWord({ of }: { readonly of: Misheard | null }) {
  if (!of) return null;
  return (
    <Trans>
      <Ref>{of.reference}</Ref> has the letter <Ref>{of.letter}</Ref>, not <Ref>{of.given}</Ref>: misheard?
    </Trans>
  );
}
