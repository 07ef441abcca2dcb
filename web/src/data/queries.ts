// The node's views in components: asked by TanStack Query, asked anew when the live channel says that something changed, and
// once a minute whatever it says. What is shown always knows how it stands (`Standing`).

import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useNowAs } from '../parts/Now';
import { useClient } from './client';
import { sharedCases, sharedFeed } from './sharing';
import { type Standing, standingOf } from './standing';
import type {
  CasesPage,
  CaseView,
  Contacts,
  DraftPage,
  EntryView,
  FeedPage,
  LogPage,
  MapPackView,
  NodeStatus,
  NowView,
  OfficersView,
  Orders,
  Phrasebook,
  PositionView,
  ReadingView,
  SheetView,
  SituationView,
} from './wire';

export const REFRESH_MS = 60_000;
/** While a member is not reached: what others say of it, which may name the cause, comes with no news. */
const REFRESH_AWAY_MS = 3_000;

/** Whether the line from this page to its node is open. */
export const LineContext = createContext(true);
export const useLineOpen = (): boolean => useContext(LineContext);

export function useStanding<Value>(query: UseQueryResult<Value>): Standing<Value> {
  const lineOpen = useLineOpen();
  const asked = { value: query.data, gotAtMs: query.dataUpdatedAt, error: query.error };
  // Only what is old bears its age: what is fresh is not drawn anew every second.
  const nowMs = useNowAs((nowMs) => (standingOf(asked, lineOpen, nowMs).state === 'fresh' ? asked.gotAtMs : nowMs));
  return standingOf(asked, lineOpen, nowMs);
}

/** Keeps, of an answer, what is the same as before. */
type Share = (before: unknown, after: unknown) => unknown;

function useView<Value>(
  key: readonly string[],
  ask: () => Promise<Value>,
  { enabled = true, share = true }: { readonly enabled?: boolean; readonly share?: Share | true } = {},
): Standing<Value> {
  return useStanding(
    useQuery({ queryKey: key, queryFn: ask, refetchInterval: REFRESH_MS, enabled, structuralSharing: share }),
  );
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
  return useView(['feed', desk], () => client.feed(desk, null), { share: sharedFeed });
}

/** The open cases of a desk, latest moved first. */
export function useOpenCases(desk: string): Standing<CasesPage> {
  const client = useClient();
  return useView(['cases', desk, 'open'], () => client.cases(desk, null, false), { share: sharedCases });
}

export function useCases(desk: string): Standing<CasesPage> {
  const client = useClient();
  return useView(['cases', desk, 'all'], () => client.cases(desk, null, null), { share: sharedCases });
}

export function useCase(reference: string | null): Standing<CaseView> {
  const client = useClient();
  return useView(['case', reference ?? ''], () => client.case(reference ?? ''), { enabled: reference !== null });
}

/** What stands on the ground, in the air and at sea, and what of it clashes. */
export function useSituation(): Standing<SituationView> {
  const client = useClient();
  return useView(['situation'], client.situation);
}

/** What this member loaded of maps. */
export function useMapPacks(): Standing<readonly MapPackView[]> {
  const client = useClient();
  return useView(['map-packs'], client.mapPacks);
}

export function useEntry(reference: string | null): Standing<EntryView> {
  const client = useClient();
  return useView(['record', reference ?? ''], () => client.entry(reference ?? ''), { enabled: reference !== null });
}

export function useDrafts(): Standing<DraftPage> {
  const client = useClient();
  return useView(['drafts'], client.drafts);
}

/** This member's positions that officers hold now; null until they are known. */
export function usePositions(): readonly PositionView[] | null {
  const client = useClient();
  const { data } = useQuery({ queryKey: ['positions'], queryFn: client.positions, staleTime: 60_000 });
  return data?.positions ?? null;
}

/** The card of a statement. */
export function useReading(reference: string, language: string): Standing<ReadingView> {
  const client = useClient();
  return useStanding(
    useQuery({
      queryKey: ['reading', reference, language],
      queryFn: () => client.reading(reference, language),
      refetchInterval: REFRESH_MS,
    }),
  );
}

/** The officers of this member, asked anew whenever the record moved. */
export function useOfficers(): Standing<OfficersView> {
  const client = useClient();
  return useView(['officers'], client.officers);
}

/** The watch's log before a number, latest first; from its end where none is given. */
export function useWatchLog(before: number | null): Standing<LogPage> {
  const client = useClient();
  return useView(['private', 'log', String(before)], () => client.watchLog(before));
}

export function useContacts(): Standing<Contacts> {
  const client = useClient();
  return useView(['private', 'contacts'], client.contacts);
}

export function useOrders(): Standing<Orders> {
  const client = useClient();
  return useView(['private', 'orders'], client.orders);
}

/** A handover sheet, and what has come since it was made. */
export function useSheet(digest: string | null): Standing<SheetView> {
  const client = useClient();
  return useView(['sheet', digest ?? ''], () => client.sheet(digest ?? ''), { enabled: digest !== null });
}

export function usePhrasebook(): Standing<Phrasebook> {
  const client = useClient();
  return useStanding(
    useQuery({ queryKey: ['phrasebook'], queryFn: client.phrasebook, staleTime: Number.POSITIVE_INFINITY }),
  );
}
