// What stands open on the floor: which desk, and at most one panel over it. One place decides, so that a key, a click in Now
// and an offer beside a statement all lead to the same panel.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { DraftView, ItemView } from '../data/wire';
import type { Offer } from './acts/offers';

export const RECORD_DESK = 'record';

export type Panel =
  | { readonly what: 'act'; readonly offer: Offer; readonly item: ItemView }
  | { readonly what: 'compose'; readonly desk: string; readonly kind: string; readonly draft: DraftView | null }
  | { readonly what: 'drafts' }
  | { readonly what: 'people' };

/** The ways to open something; what takes these alone is not drawn anew whenever something opens. */
export interface Openers {
  readonly chooseDesk: (desk: string) => void;
  readonly open: (panel: Panel) => void;
  readonly close: () => void;
  readonly showEntry: (reference: string) => void;
}

export interface Opening extends Openers {
  readonly desk: string;
  readonly panel: Panel | null;
  /** Reference shown at the desk of the record. */
  readonly entry: string | null;
}

const Context = createContext<Opening | null>(null);
const OpenersContext = createContext<Openers | null>(null);

export function OpeningProvider({
  first = 'line',
  children,
}: {
  readonly first?: string;
  readonly children: ReactNode;
}) {
  const [desk, setDesk] = useState(first);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [entry, setEntry] = useState<string | null>(null);
  const close = useCallback(() => setPanel(null), []);
  const chooseDesk = useCallback((next: string) => {
    setDesk(next);
    setPanel(null);
  }, []);
  const showEntry = useCallback((reference: string) => {
    setEntry(reference);
    setDesk(RECORD_DESK);
    setPanel(null);
  }, []);
  const openers = useMemo(() => ({ chooseDesk, open: setPanel, close, showEntry }), [chooseDesk, close, showEntry]);
  const opening = useMemo(() => ({ ...openers, desk, panel, entry }), [openers, desk, panel, entry]);
  return (
    <OpenersContext.Provider value={openers}>
      <Context.Provider value={opening}>{children}</Context.Provider>
    </OpenersContext.Provider>
  );
}

export function useOpening(): Opening {
  const opening = useContext(Context);
  if (!opening) throw new Error('outside OpeningProvider');
  return opening;
}

export function useOpeners(): Openers {
  const openers = useContext(OpenersContext);
  if (!openers) throw new Error('outside OpeningProvider');
  return openers;
}
