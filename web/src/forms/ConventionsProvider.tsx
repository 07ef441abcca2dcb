// The conventions of this terminal, for whoever writes or shows times, places and heights.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { type Conventions, keepConventions, storedConventions } from './conventions';

interface Kept {
  readonly conventions: Conventions;
  readonly keep: (conventions: Conventions) => void;
}

const Context = createContext<Kept | null>(null);

export function ConventionsProvider({ children }: { readonly children: ReactNode }) {
  const [conventions, setConventions] = useState(storedConventions);
  const keep = useCallback((next: Conventions) => {
    keepConventions(next);
    setConventions(next);
  }, []);
  const kept = useMemo(() => ({ conventions, keep }), [conventions, keep]);
  return <Context.Provider value={kept}>{children}</Context.Provider>;
}

export function useConventions(): Kept {
  const kept = useContext(Context);
  if (!kept) throw new Error('outside ConventionsProvider');
  return kept;
}
