// The seat: who is signed on here, with which key, at which node. Everything below the door of the page may rely on it.

import { createContext, useContext } from 'react';
import type { OfficerKey } from '../crypto/keys';
import type { Floor } from '../data/floor';
import type { Problem } from '../data/problem';
import type { KeptSeat } from '../data/seats';
import type { SessionView } from '../data/wire';

export interface Seated {
  readonly session: SessionView;
  readonly key: OfficerKey;
  readonly floor: Floor;
  /** Whether somebody signed on by hand just now, and the page did not by itself. */
  readonly byHand: boolean;
  readonly signOff: () => void;
  /** Another officer takes this terminal; the problem where that officer may not. Until it is done nothing changes. */
  readonly change: (seat: KeptSeat, passphrase: string) => Promise<Problem | null>;
  /** What is done before this officer leaves the terminal; gives the way to take it back. */
  readonly beforeLeaving: (act: () => Promise<void>) => () => void;
}

export const SeatContext = createContext<Seated | null>(null);

export function useSeat(): Seated {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error('nobody is signed on here');
  return seat;
}
