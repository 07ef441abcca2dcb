// Whether the change of officers is open, and who can take this terminal: the other officers whose keys this browser holds. They
// are read beforehand, so that the number of one can be pressed as soon as the change was asked for.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useSeat } from '../../app/seat';
import { type KeptSeat, seats } from '../../data/seats';

interface Changing {
  readonly changing: boolean;
  readonly setChanging: (open: boolean) => void;
  /** By position, so that the same number is the same officer whoever sits here; null while they are read. */
  readonly others: readonly KeptSeat[] | null;
}

const Context = createContext<Changing | null>(null);

export function ChangingProvider({ children }: { readonly children: ReactNode }) {
  const { session, floor } = useSeat();
  const [changing, setOpen] = useState(false);
  const [others, setOthers] = useState<readonly KeptSeat[] | null>(null);
  const { kid } = session;
  const { mechanism } = floor.view;
  const read = useCallback(() => {
    const here = (seat: KeptSeat) => seat.mechanism === mechanism && seat.kid !== kid;
    void seats().then((found) => setOthers(found.filter(here).toSorted(byPosition)));
  }, [kid, mechanism]);
  useEffect(read, [read]);
  const setChanging = useCallback(
    (open: boolean) => {
      setOpen(open);
      if (open) read();
    },
    [read],
  );
  const value = useMemo(() => ({ changing, setChanging, others }), [changing, setChanging, others]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useChanging(): Changing {
  const changing = useContext(Context);
  if (!changing) throw new Error('outside ChangingProvider');
  return changing;
}

const byPosition = (one: KeptSeat, other: KeptSeat): number => (one.position < other.position ? -1 : 1);
