// The seat: who is signed on here, with which key, at which node. Everything below the door of the page may rely on it.

import { createContext, useContext } from 'react';
import type { OfficerKey } from '../crypto/keys';
import type { Floor } from '../data/floor';
import type { SessionView } from '../data/wire';

export interface Seated {
  readonly session: SessionView;
  readonly key: OfficerKey;
  readonly floor: Floor;
  readonly signOff: () => void;
}

export const SeatContext = createContext<Seated | null>(null);

export function useSeat(): Seated {
  const seat = useContext(SeatContext);
  if (!seat) throw new Error('nobody is signed on here');
  return seat;
}
