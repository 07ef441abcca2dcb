// Whether the change of officers is open: a key and a shortcut lead to it.

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

interface Changing {
  readonly changing: boolean;
  readonly setChanging: (open: boolean) => void;
}

const Context = createContext<Changing | null>(null);

export function ChangingProvider({ children }: { readonly children: ReactNode }) {
  const [changing, setChanging] = useState(false);
  const value = useMemo(() => ({ changing, setChanging }), [changing]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useChanging(): Changing {
  const changing = useContext(Context);
  if (!changing) throw new Error('outside ChangingProvider');
  return changing;
}
