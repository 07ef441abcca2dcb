// The kinds that open a case at a desk, in the order in which they are offered: as the desk declares them. STOP and the
// handover of the watch have keys of their own and are not among them. Pure.

import type { Floor } from '../../data/floor';
import type { Kind } from '../../data/wire';
import { channelsFor } from '../../say/rights';

const BY_ITS_OWN_KEY = new Set(['stop', 'handover']);

export function openers(floor: Floor, desk: string): readonly Kind[] {
  const kinds = floor.desk(desk)?.kinds ?? [];
  return kinds.filter(
    (kind) => kind.opens !== null && !BY_ITS_OWN_KEY.has(kind.name) && channelsFor(floor, kind.name).length > 0,
  );
}
