// The mark of what was done on paper and entered afterwards: when it was done, and when it was entered.

import { Trans } from '@lingui/react/macro';
import type { ItemView } from '../../data/wire';
import { Moment } from '../../parts/Moment';

/** The time at which a statement says that it was done on paper; null where it says nothing of the kind. */
export function doneOnPaper(of: Pick<ItemView, 'kind' | 'content'>): number | null {
  const done = of.content?.['time'];
  return of.kind === 'paper' && typeof done === 'number' ? done : null;
}

export function PaperMark({ of }: { readonly of: Pick<ItemView, 'kind' | 'content' | 'at_ms'> }) {
  const done = doneOnPaper(of);
  if (done === null) return null;
  return (
    <p className="paper-mark">
      <Trans>
        Done on paper at <Moment atMs={done} date />; entered at <Moment atMs={of.at_ms} date />
      </Trans>
    </p>
  );
}
