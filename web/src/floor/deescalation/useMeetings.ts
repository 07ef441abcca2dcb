// What something drawn or typed would meet if it were filed now, asked of the node as it changes; or why it is none.

import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useClient } from '../../data/client';
import { Problem } from '../../data/problem';
import type { JsonFields, MeetingView, StandingKind } from '../../data/wire';

const NONE: readonly MeetingView[] = [];

export interface Meetings {
  readonly meetings: readonly MeetingView[];
  /** Why it is none. */
  readonly problem: Problem | null;
}

export function useMeetings(
  kind: StandingKind,
  activity: string,
  volumes: readonly JsonFields[],
  besides: string | null,
): Meetings {
  const client = useClient();
  const drawn = useDeferredValue(JSON.stringify({ kind, activity, volumes, bound: [], besides }));
  const { data, error } = useQuery({
    queryKey: ['situation', 'drawn', drawn],
    queryFn: () => client.checkDrawn(JSON.parse(drawn)),
    enabled: volumes.length > 0,
    retry: false,
    placeholderData: (before) => before,
  });
  if (volumes.length === 0) return { meetings: NONE, problem: null };
  return { meetings: data ?? NONE, problem: error instanceof Problem ? error : null };
}
