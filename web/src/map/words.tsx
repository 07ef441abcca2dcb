// The map's own words for kinds, standings and hemispheres, in the language of the interface.

import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { KindWords } from './canvas/features';
import type { Hemispheres } from './graticule';
import type { ItemKind, Standing } from './volume';

export interface MapWords extends KindWords {
  readonly map: string;
  readonly hemispheres: Hemispheres;
  readonly standings: Readonly<Record<Standing, string>>;
}

export function useMapWords(): MapWords {
  const { t, i18n } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they change with the language and with nothing else.
  return useMemo(() => {
    const kinds: Record<ItemKind, string> = {
      notice: t`Notice`,
      zone: t`Zone`,
      stop: t`STOP`,
      standstill: t`Standstill`,
      site: t`Protected site`,
    };
    return {
      kinds,
      conflict: t`CONFLICT`,
      crossing: t`crosses itself here`,
      map: t`Map`,
      // Without the case endings that they have beside figures: the map draws vowel signs beside their letters.
      hemispheres: {
        north: t({ context: 'on the map', message: 'N' }),
        south: t({ context: 'on the map', message: 'S' }),
        east: t({ context: 'on the map', message: 'E' }),
        west: t({ context: 'on the map', message: 'W' }),
      },
      standings: {
        before: t`not yet begun`,
        active: t`active`,
        between: t`paused between two times`,
        over: t`over`,
      },
    };
  }, [i18n.locale]);
}
