// The answer to a proof of life: the human on duty signs that somebody is here, by one key.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import type { CaseView } from '../../data/wire';
import { sayingAbout } from '../../say/about';
import { drawChance, prepare, send } from '../../say/saying';
import { openingOf } from '../line/pins';

export interface Presence {
  readonly present: (asked: CaseView) => Promise<void>;
  readonly sending: boolean;
  readonly problem: Problem | null;
}

export function usePresent(): Presence {
  const client = useClient();
  const queries = useQueryClient();
  const { floor, session, key } = useSeat();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const present = useCallback(
    async (asked: CaseView) => {
      const item = openingOf(asked);
      const saying = item && sayingAbout(floor, session, item, 'present', {});
      if (!saying) return;
      setSending(true);
      setProblem(null);
      try {
        await send(client, prepare(saying, session, floor, drawChance(Date.now())), key);
        for (const view of ['cases', 'feed', 'now']) void queries.invalidateQueries({ queryKey: [view] });
      } catch (thrown) {
        setProblem(asProblem(thrown));
      } finally {
        setSending(false);
      }
    },
    [client, queries, floor, session, key],
  );
  return { present, sending, problem };
}
