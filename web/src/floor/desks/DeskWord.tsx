// The names of the desks.

import { Trans } from '@lingui/react/macro';
import type { DeskName } from '../../data/floor';

export function DeskWord({ of }: { readonly of: DeskName }) {
  switch (of) {
    case 'line':
      return <Trans>Line</Trans>;
    case 'de-escalation':
      return <Trans>De-escalation</Trans>;
    case 'disputes':
      return <Trans>Disputes</Trans>;
    case 'undertakings':
      return <Trans>Undertakings</Trans>;
    case 'intelligence':
      return <Trans>Intelligence</Trans>;
    case 'talks':
      return <Trans>Talks</Trans>;
    case 'commerce':
      return <Trans>Commerce</Trans>;
    case 'supervision':
      return <Trans>Supervision</Trans>;
    case 'record':
      return <Trans comment="the desk that shows the record and its proofs">The record</Trans>;
  }
}
