// What something drawn or typed would meet if it were filed now, and what is doubtful about it, asked of the node as it changes; or
// why it is none.

import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useClient } from '../../data/client';
import { Problem } from '../../data/problem';
import type { CheckedView, Drawn, JsonFields, StandingKind } from '../../data/wire';

const NONE: CheckedView = { meetings: [], doubts: [], short_ms: null };

/** How a place is also said: by its name, or from a landmark. */
export type SaidOtherwise = Pick<Drawn, 'place_name' | 'landmark'>;

const NOT_OTHERWISE: SaidOtherwise = { place_name: null, landmark: null };

export interface Meetings extends CheckedView {
  /** Why it is none. */
  readonly problem: Problem | null;
}

export function useMeetings(
  kind: StandingKind,
  activity: string,
  volumes: readonly JsonFields[],
  besides: string | null,
  otherwise: SaidOtherwise = NOT_OTHERWISE,
): Meetings {
  const client = useClient();
  const drawn = useDeferredValue(JSON.stringify({ kind, activity, volumes, bound: [], besides, ...otherwise }));
  const asked = useMemo((): Drawn => JSON.parse(drawn), [drawn]);
  const { data, error } = useQuery({
    queryKey: ['situation', 'drawn', drawn],
    queryFn: () => client.checkDrawn(asked),
    enabled: volumes.length > 0 && asked.volumes.length > 0,
    retry: false,
    placeholderData: (before) => before,
  });
  if (volumes.length === 0) return { ...NONE, problem: null };
  return { ...(data ?? NONE), problem: error instanceof Problem ? error : null };
}
