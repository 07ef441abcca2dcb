// What was found, page by page: the first is asked for when a search is sent, each further one by a key.

import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import type { SearchPage, SearchQuery } from '../../data/wire';

export interface Found {
  readonly query: SearchQuery;
  /** All pages so far as one. */
  readonly page: SearchPage;
}

export interface Finding {
  readonly found: Found | null;
  readonly asking: boolean;
  readonly problem: Problem | null;
  readonly find: (query: SearchQuery) => void;
  readonly more: () => void;
}

/** Kept beside the node's views, so that who comes back from the record finds the list as it was. */
const KEY = ['search', 'found'] as const;

export function useFound(): Finding {
  const client = useClient();
  const queries = useQueryClient();
  const [found, setFound] = useState<Found | null>(() => queries.getQueryData<Found>(KEY) ?? null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const latest = useRef(0);

  const ask = async (query: SearchQuery, before: SearchPage | null) => {
    latest.current += 1;
    const mine = latest.current;
    setAsking(true);
    setProblem(null);
    try {
      const page = await client.search(query, before?.next ?? null);
      if (mine !== latest.current) return;
      const whole = before ? { ...page, named: before.named, hits: [...before.hits, ...page.hits] } : page;
      queries.setQueryDefaults(KEY, { gcTime: Number.POSITIVE_INFINITY });
      queries.setQueryData<Found>(KEY, { query, page: whole });
      setFound({ query, page: whole });
    } catch (thrown) {
      if (mine === latest.current) setProblem(asProblem(thrown));
    } finally {
      if (mine === latest.current) setAsking(false);
    }
  };
  return {
    found,
    asking,
    problem,
    find: (query) => void ask(query, null),
    more: () => {
      if (found?.page.next) void ask(found.query, found.page);
    },
  };
}
