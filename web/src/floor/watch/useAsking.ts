// Asks the others for a proof of life once an hour. A machine asks, in the name of whoever is signed on; only a human answers.
// Every tab of the member watches the same hour: each waits a little longer by chance, so that one asks and the others see it.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { useLineOpen, useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import { useNow } from '../../parts/Now';
import { sayingOpening } from '../../say/about';
import { drawChance, prepare, send } from '../../say/saying';

const SPREAD_MS = 20_000;
const AGAIN_MS = 60_000;

export function isDue(dueMs: number | null, nowMs: number, delayMs: number, triedMs: number): boolean {
  return dueMs !== null && nowMs >= dueMs + delayMs && nowMs >= triedMs + AGAIN_MS;
}

export function useAsking(): void {
  const client = useClient();
  const queries = useQueryClient();
  const { floor, session, key } = useSeat();
  const lineOpen = useLineOpen();
  const nowMs = useNow();
  const dueMs = shown(useNowView())?.proof_due_ms ?? null;
  const [delayMs] = useState(() => Math.random() * SPREAD_MS);
  const triedMs = useRef(0);
  useEffect(() => {
    if (!lineOpen || !isDue(dueMs, nowMs, delayMs, triedMs.current)) return;
    const saying = sayingOpening(floor, session, 'proof', 'ROUTINE');
    triedMs.current = nowMs;
    if (!saying) return;
    // What cannot be sent now is tried again in a minute; that nobody hears is told by the lamps.
    void send(client, prepare(saying, session, floor, drawChance(Date.now())), key)
      .then(() => queries.invalidateQueries({ queryKey: ['now'] }))
      .catch(() => undefined);
  }, [client, queries, floor, session, key, lineOpen, nowMs, dueMs, delayMs]);
}
