// What stands open on the floor: which desk, and at most one panel over it. One place decides, so that a key, a click in Now
// and an offer beside a statement all lead to the same panel.

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import type { DraftView, ItemView, JsonFields } from '../data/wire';
import type { Offer } from './acts/offers';

const MOST_ALOUD = 64;
export const RECORD_DESK = 'record';
export const SEARCH_DESK = 'search';

export type Panel =
  | { readonly what: 'act'; readonly offer: Offer; readonly item: ItemView }
  | {
      readonly what: 'compose';
      readonly desk: string;
      readonly kind: string;
      readonly draft: DraftView | null;
      /** What a new one opens with, and to whom it goes. */
      readonly filled?: JsonFields;
      readonly to?: readonly string[];
    }
  | { readonly what: 'read'; readonly item: ItemView }
  | { readonly what: 'drafts' }
  | { readonly what: 'people' }
  | { readonly what: 'hand-over' }
  | { readonly what: 'private' }
  | { readonly what: 'continuity' };

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
  /** References of what was read aloud since a call was last recorded, in that order. */
  readonly aloud: readonly string[];
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
  const [aloud, setAloud] = useState<readonly string[]>([]);
  const close = useCallback(() => setPanel(null), []);
  const open = useCallback((next: Panel) => {
    setPanel(next);
    if (next.what === 'read') setAloud((before) => [...new Set([...before, next.item.reference])].slice(-MOST_ALOUD));
    if (next.what === 'compose' && next.kind === 'call') setAloud([]);
  }, []);
  const chooseDesk = useCallback((next: string) => {
    setDesk(next);
    setPanel(null);
  }, []);
  const showEntry = useCallback((reference: string) => {
    setEntry(reference);
    setDesk(RECORD_DESK);
    setPanel(null);
  }, []);
  const openers = useMemo(() => ({ chooseDesk, open, close, showEntry }), [chooseDesk, open, close, showEntry]);
  const opening = useMemo(() => ({ ...openers, desk, panel, entry, aloud }), [openers, desk, panel, entry, aloud]);
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
