// Now: everything that rings and every running clock of all desks, as one list. What rings comes first, then what is missed,
// the longest missed at the top, then the soonest due. Each has one next act: of whoever's clock it is. Pure.

import type { ClockView, PrecedenceName, RingView, Titles } from '../../data/wire';

/** What is to be done: `wait` where another member must act. */
export type NextAct = 'acknowledge' | 'present' | 'open' | 'wait';

export interface NowRow {
  readonly key: string;
  readonly about: string;
  readonly caseRef: string;
  readonly desk: string;
  readonly kind: string;
  readonly title: Titles | null;
  readonly precedence: PrecedenceName;
  /** Whose clock it is: the member that must act. */
  readonly owedBy: string;
  readonly ring: RingView | null;
  readonly missed: boolean;
  /** Until it is due, or since it was; never negative. */
  readonly spanMs: number;
  /** Share of its time that is gone, 0 to 1. */
  readonly gone: number;
  readonly next: NextAct;
  /** Whether its member's node is proven to hold it: without that, silence is no refusal. */
  readonly stored: boolean;
}

export function nowRows(
  clocks: readonly ClockView[],
  rings: readonly RingView[],
  me: string,
  nowMs: number,
): readonly NowRow[] {
  const ringing = new Map(rings.map((ring) => [`${ring.reference} ${ring.whose}`, ring]));
  const rows = clocks
    .filter((clock) => clock.stopped_ms === null)
    .map((clock): NowRow => {
      const ring = clock.name === 'acknowledge' ? (ringing.get(`${clock.about} ${clock.member}`) ?? null) : null;
      return {
        ...row(clock.about, clock.member, clock, clock.case, nowMs),
        key: `${clock.name} ${clock.about} ${clock.member}`,
        desk: clock.desk,
        kind: clock.kind,
        title: clock.title,
        ring,
        next: clock.member === me ? actOf(clock.name) : 'wait',
        stored: clock.stored,
      };
    });
  const covered = new Set(rows.map((one) => `${one.about} ${one.owedBy}`));
  const alone = rings
    .filter((ring) => !covered.has(`${ring.reference} ${ring.whose}`))
    .map(
      (ring): NowRow => ({
        ...row(ring.reference, ring.whose, ring, ring.case, nowMs),
        key: `ring ${ring.reference} ${ring.whose}`,
        desk: '',
        kind: ring.kind,
        title: null,
        ring,
        next: ring.whose === me ? 'acknowledge' : 'open',
        stored: true,
      }),
    );
  return [...rows, ...alone].toSorted(inOrder);
}

function row(
  about: string,
  owedBy: string,
  clock: { readonly since_ms: number; readonly due_ms: number; readonly precedence: PrecedenceName },
  caseRef: string,
  nowMs: number,
) {
  const whole = Math.max(1, clock.due_ms - clock.since_ms);
  return {
    about,
    owedBy,
    caseRef,
    precedence: clock.precedence,
    missed: nowMs >= clock.due_ms,
    spanMs: Math.abs(clock.due_ms - nowMs),
    gone: Math.min(1, Math.max(0, (nowMs - clock.since_ms) / whole)),
  };
}

function actOf(clock: string): NextAct {
  if (clock === 'acknowledge') return 'acknowledge';
  return clock === 'line.present' ? 'present' : 'open';
}

function inOrder(left: NowRow, right: NowRow): number {
  const rings = Number(right.ring !== null) - Number(left.ring !== null);
  return rings || dueIn(left) - dueIn(right) || (left.key < right.key ? -1 : 1);
}

const dueIn = (one: NowRow): number => (one.missed ? -one.spanMs : one.spanMs);
