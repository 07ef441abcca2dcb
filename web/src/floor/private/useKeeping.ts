// Doing one thing to what is private, and reading it anew; what was refused is told.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem, type Problem } from '../../data/problem';

export interface Keeping {
  /** Whether it was done. */
  readonly keep: (act: () => Promise<unknown>) => Promise<boolean>;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

export function useKeeping(what: 'log' | 'contacts' | 'orders'): Keeping {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const keep = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return false;
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ['private', what] });
    }
  };
  return { keep, busy, problem };
}
