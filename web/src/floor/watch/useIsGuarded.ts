// Whether the key of that id lies under a passphrase in this browser; null where it does not lie here, or while that is read.

import { useEffect, useState } from 'react';
import { type Bytes, hex } from '../../crypto/bytes';
import { seats } from '../../data/seats';

export function useIsGuarded(kid: Bytes): boolean | null {
  const [guarded, setGuarded] = useState<boolean | null>(null);
  const id = hex(kid);
  useEffect(() => {
    void seats().then((found) => setGuarded(found.find((seat) => seat.kid === id)?.isGuarded ?? null));
  }, [id]);
  return guarded;
}
