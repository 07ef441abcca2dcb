// Beside every form: what will be signed, exactly.

import { Trans } from '@lingui/react/macro';
import type { ComponentProps } from 'react';
import { Preview } from './Preview';

export function WillBeSigned(props: ComponentProps<typeof Preview>) {
  return (
    <aside className="saying__preview">
      <h4>
        <Trans>What will be signed</Trans>
      </h4>
      <Preview {...props} />
    </aside>
  );
}
