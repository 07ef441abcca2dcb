// What acts need to know of the case that a statement belongs to. Pure.

import type { CaseView } from '../../data/wire';
import type { Around } from '../acts/offers';

export function aroundIn(of: CaseView, reference: string, me: string): Around {
  return {
    state: of.state,
    over: of.over,
    opener: reference === of.reference,
    concerned: of.responses.some((one) => one.member === me),
    responds: of.moves.some((move) => move.kind === 'respond'),
  };
}
