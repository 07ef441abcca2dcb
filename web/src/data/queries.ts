// The node's views in components: asked by TanStack Query, asked anew when the live channel says that something changed, and
// once a minute whatever it says. What is shown always knows how it stands (`Standing`).

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useNow } from '../parts/Now';
import { useClient } from './client';
import { type Standing, standingOf } from './standing';
import type { CasesPage, CaseView, DraftPage, EntryView, FeedPage, NodeStatus, NowView, Phrasebook } from './wire';

export const REFRESH_MS = 60_000;
/** While a member is not reached: what others say of it, which may name the cause, comes with no news. */
const REFRESH_AWAY_MS = 3_000;

/** Whether the line from this page to its node is open. */
export const LineContext = createContext(true);
export const useLineOpen = (): boolean => useContext(LineContext);

export function useStanding<Value>(query: UseQueryResult<Value>): Standing<Value> {
  const nowMs = useNow();
  const lineOpen = useLineOpen();
  return standingOf({ value: query.data, gotAtMs: query.dataUpdatedAt, error: query.error }, lineOpen, nowMs);
}

function useView<Value>(key: readonly string[], ask: () => Promise<Value>, enabled = true): Standing<Value> {
  return useStanding(useQuery({ queryKey: key, queryFn: ask, refetchInterval: REFRESH_MS, enabled }));
}

export function useNowView(): Standing<NowView> {
  const client = useClient();
  return useStanding(
    useQuery({
      queryKey: ['now'],
      queryFn: client.now,
      refetchInterval: ({ state }) =>
        state.data?.silence.some((peer) => peer.cause !== 'none') ? REFRESH_AWAY_MS : REFRESH_MS,
    }),
  );
}

export function useStatus(): Standing<NodeStatus> {
  const client = useClient();
  return useView(['status'], client.status);
}

export function useFeed(desk: string): Standing<FeedPage> {
  const client = useClient();
  return useView(['feed', desk], () => client.feed(desk, null));
}

/** The open cases of a desk, latest moved first. */
export function useOpenCases(desk: string): Standing<CasesPage> {
  const client = useClient();
  return useView(['cases', desk, 'open'], () => client.cases(desk, null, false));
}

export function useCases(desk: string): Standing<CasesPage> {
  const client = useClient();
  return useView(['cases', desk, 'all'], () => client.cases(desk, null, null));
}

export function useCase(reference: string | null): Standing<CaseView> {
  const client = useClient();
  return useView(['case', reference ?? ''], () => client.case(reference ?? ''), reference !== null);
}

export function useEntry(reference: string | null): Standing<EntryView> {
  const client = useClient();
  return useView(['record', reference ?? ''], () => client.entry(reference ?? ''), reference !== null);
}

export function useDrafts(): Standing<DraftPage> {
  const client = useClient();
  return useView(['drafts'], client.drafts);
}

export function usePhrasebook(): Standing<Phrasebook> {
  const client = useClient();
  return useStanding(
    useQuery({ queryKey: ['phrasebook'], queryFn: client.phrasebook, staleTime: Number.POSITIVE_INFINITY }),
  );
}
