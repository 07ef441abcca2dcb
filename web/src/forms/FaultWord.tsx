// Why an entry cannot be said so, in words.

import { Trans } from '@lingui/react/macro';
import type { Fault } from './read';

export function FaultWord({ of }: { readonly of: Fault }) {
  switch (of) {
    case 'missing':
      return <Trans>must be filled in</Trans>;
    case 'time':
      return <Trans>a time of 24 hours, such as 14:30</Trans>;
    case 'time-skipped':
      return <Trans>there is no such time: clocks are put forward then</Trans>;
    case 'date':
      return <Trans>there is no such day</Trans>;
    case 'latitude':
      return <Trans>a latitude from 0 to 90 degrees, such as 33.12540</Trans>;
    case 'longitude':
      return <Trans>a longitude from 0 to 180 degrees, such as 35.80120</Trans>;
    case 'mgrs':
      return <Trans>a grid reference with at least 4 digits, such as 36S YC 4938 6710</Trans>;
    case 'number':
      return <Trans>a whole number</Trans>;
    case 'height':
      return <Trans>a height and what it is measured from</Trans>;
    case 'radius':
      return <Trans>whole metres</Trans>;
    case 'corners':
      return <Trans>at least three corners</Trans>;
    case 'window':
      return <Trans>must end after it begins</Trans>;
    case 'band':
      return <Trans>the ceiling must be above the floor</Trans>;
    case 'span':
      return <Trans>a whole number of minutes, hours or days</Trans>;
    case 'reference':
      return <Trans>a reference such as AAA 42</Trans>;
    case 'letter':
      return <Trans>this is not the letter of that reference: misheard?</Trans>;
    case 'language':
      return <Trans>the code of a language, such as en</Trans>;
    case 'telephone':
      return <Trans>telephone numbers, such as +00 00 0000 001, parted by commas</Trans>;
    case 'too-long':
      return <Trans>too long</Trans>;
    case 'roster':
      return <Trans>a roster, as JSON: zone, shifts, liaison</Trans>;
    case 'code':
      return <Trans>small letters, digits, dots and hyphens</Trans>;
  }
}
