// Follows the node's live channel for as long as it is on screen: views are asked anew as news come, and what rings is shown
// as it is told, before anything is asked; tells whether the line is open, and when the session has ended. An officer's activity
// keeps the session.

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Following, REAL_TIMERS } from '../data/channel';
import { useClient } from '../data/client';
import { type RingChange, type ViewKey, viewsToRead, withRings } from '../data/news';
import { LineContext } from '../data/queries';
import { Reading } from '../data/reading';
import type { NowView } from '../data/wire';

const ACTIVE_EVERY_MS = 60_000;

export function Live({
  onSignedOff,
  children,
}: {
  readonly onSignedOff: (why: string | null) => void;
  readonly children: ReactNode;
}) {
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(true);

  useEffect(() => {
    const rung: RingChange[] = [];
    const ring = (change: RingChange) => {
      const updatedAt = queries.getQueryState(['now'])?.dataUpdatedAt;
      queries.setQueryData<NowView>(['now'], (view) => view && withRings(view, change), updatedAt ? { updatedAt } : {});
    };
    const reading = new Reading(async (key: ViewKey) => {
      const from = rung.length;
      await queries.invalidateQueries({ queryKey: key });
      // The answer may be older than what was told meanwhile.
      if (key[0] === 'now') for (const change of rung.splice(0).slice(from)) ring(change);
    }, REAL_TIMERS);
    const following = new Following(client.channel, (told) => {
      if (told.kind === 'line') setOpen(told.open);
      else if (told.kind === 'anew') void queries.invalidateQueries();
      else if (told.kind === 'signed-off') onSignedOff(told.why);
      else {
        if (told.news.type === 'ring') {
          rung.push(told.news);
          ring(told.news);
        }
        reading.want(viewsToRead(told.news));
      }
    });
    let lastMs = 0;
    const active = () => {
      const nowMs = Date.now();
      if (nowMs - lastMs < ACTIVE_EVERY_MS) return;
      lastMs = nowMs;
      following.active();
    };
    addEventListener('pointerdown', active);
    addEventListener('keydown', active);
    return () => {
      removeEventListener('pointerdown', active);
      removeEventListener('keydown', active);
      reading.end();
      following.end();
    };
  }, [client, queries, onSignedOff]);

  return <LineContext.Provider value={open}>{children}</LineContext.Provider>;
}
