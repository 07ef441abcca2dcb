// Does the one next act of a row: opens the panel for it, answers a proof of life at once, or shows the case.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { useOpening } from '../opening';
import { usePresent } from '../watch/usePresent';
import type { NowRow } from './now';

export function useNextAct(): (row: NowRow) => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const { floor } = useSeat();
  const { open, chooseDesk, showEntry } = useOpening();
  const { present } = usePresent();
  return useCallback(
    async (row: NowRow) => {
      const whole = await queries
        .fetchQuery({ queryKey: ['case', row.caseRef], queryFn: () => client.case(row.caseRef) })
        .catch(() => null);
      const item = whole?.items.find((one) => one.reference === row.about);
      if (!whole || !item) {
        showEntry(row.about);
        return;
      }
      if (row.next === 'present') {
        await present(whole);
        return;
      }
      chooseDesk(floor.desk(whole.desk) ? whole.desk : 'line');
      if (row.next === 'acknowledge') {
        open({ what: 'act', item, offer: { act: 'acknowledge', kind: 'acknowledge', isMain: true } });
      }
    },
    [client, queries, floor, open, chooseDesk, showEntry, present],
  );
}
