// Precedence: word, colour and number of chevrons, so that none of them is needed.

import { Trans } from '@lingui/react/macro';
import type { PrecedenceName } from '../data/wire';
import { Chevrons } from './icons';

const URGENCY = { ROUTINE: 0, PRIORITY: 1, IMMEDIATE: 2, FLASH: 3 } as const;

export function PrecedenceMark({ of }: { readonly of: PrecedenceName }) {
  const count = URGENCY[of];
  return (
    <span className={`precedence precedence--${of}`}>
      {count > 0 && <Chevrons count={count} />}
      <PrecedenceWord of={of} />
    </span>
  );
}

export function PrecedenceWord({ of }: { readonly of: PrecedenceName }) {
  switch (of) {
    case 'FLASH':
      return <Trans>FLASH</Trans>;
    case 'IMMEDIATE':
      return <Trans>IMMEDIATE</Trans>;
    case 'PRIORITY':
      return <Trans>PRIORITY</Trans>;
    case 'ROUTINE':
      return <Trans>ROUTINE</Trans>;
  }
}
