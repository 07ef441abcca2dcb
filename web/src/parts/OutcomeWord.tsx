// What an addressee said became of a statement.

import { Trans } from '@lingui/react/macro';

export function OutcomeWord({ of }: { readonly of: string }) {
  switch (of) {
    case 'complied':
      return <Trans>complied</Trans>;
    case 'refused':
      return <Trans>refused</Trans>;
    case 'not-under-our-control':
      return <Trans>not under our control</Trans>;
    default:
      return <bdi>{of}</bdi>;
  }
}
