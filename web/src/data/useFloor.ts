// The floor's data in components: asked by TanStack Query, asked again when the source says that something changed.

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNow } from '../parts/Now';
import type { FloorView, LineStatement } from './floor';
import { useSource } from './source';
import { type Standing, standingOf } from './standing';

/** Whether the line from this page to its node is open; follows the source for as long as the caller is on screen. */
export function useLine(): boolean {
  const source = useSource();
  const queries = useQueryClient();
  const [open, setOpen] = useState(true);
  useEffect(
    () =>
      source.watch((news) => {
        if (news.kind === 'line') setOpen(news.open);
        else void queries.invalidateQueries();
      }),
    [source, queries],
  );
  return open;
}

export function useFloor(lineOpen: boolean): Standing<FloorView> {
  const source = useSource();
  return useStanding(useQuery({ queryKey: ['floor'], queryFn: ({ signal }) => source.floor(signal) }), lineOpen);
}

export function useLineLog(lineOpen: boolean): Standing<readonly LineStatement[]> {
  const source = useSource();
  return useStanding(useQuery({ queryKey: ['line'], queryFn: ({ signal }) => source.line(signal) }), lineOpen);
}

function useStanding<Value>(query: UseQueryResult<Value>, lineOpen: boolean): Standing<Value> {
  const nowMs = useNow();
  return standingOf({ value: query.data, gotAtMs: query.dataUpdatedAt, error: query.error }, lineOpen, nowMs);
}
