// Follows the node's live channel for as long as it is on screen: views are asked anew as news come, many at once together;
// tells whether the line is open, and when the session has ended. An officer's activity keeps the session.

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Following } from '../data/channel';
import { useClient } from '../data/client';
import { type ViewKey, viewsToRead } from '../data/news';
import { LineContext } from '../data/queries';

const TOGETHER_MS = 120;
const ACTIVE_EVERY_MS = 60_000;

export function Live({ onSignedOff, children }: { readonly onSignedOff: () => void; readonly children: ReactNode }) {
  const client = useClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(true);

  useEffect(() => {
    let wanted: ViewKey[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readSoon = (keys: readonly ViewKey[]) => {
      wanted.push(...keys);
      timer ??= setTimeout(() => {
        timer = undefined;
        const keys = wanted;
        wanted = [];
        for (const key of keys) void queries.invalidateQueries({ queryKey: key });
      }, TOGETHER_MS);
    };
    const following = new Following(client.channel, (told) => {
      if (told.kind === 'line') setOpen(told.open);
      else if (told.kind === 'anew') void queries.invalidateQueries();
      else if (told.kind === 'signed-off') onSignedOff();
      else readSoon(viewsToRead(told.news));
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
      clearTimeout(timer);
      following.end();
    };
  }, [client, queries, onSignedOff]);

  return <LineContext.Provider value={open}>{children}</LineContext.Provider>;
}
