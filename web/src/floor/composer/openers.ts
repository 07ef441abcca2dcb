// The kinds that open a case at a desk, in the order in which they are offered: as the desk declares them. STOP has a key of
// its own and is not among them. Pure.

import type { Floor } from '../../data/floor';
import type { Kind } from '../../data/wire';
import { channelsFor } from '../../say/rights';

const BY_ITS_OWN_KEY = new Set(['stop']);

export function openers(floor: Floor, desk: string): readonly Kind[] {
  const kinds = floor.desk(desk)?.kinds ?? [];
  return kinds.filter(
    (kind) => kind.opens !== null && !BY_ITS_OWN_KEY.has(kind.name) && channelsFor(floor, kind.name).length > 0,
  );
}
