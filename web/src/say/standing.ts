// In what standing an officer writes a kind: under a mandate of their own; in the stead of an authority who cannot be reached, as the
// charter's emergency rules allow; or only to hand it on to whoever may sign it. Pure.

import { MAX_REASON_CHARS, MIN_REASON_CHARS, markingOf, pleaOf } from '../charter/emergency';
import type { Floor } from '../data/floor';
import type { EmergencyRuleView, PrecedenceName, SessionView } from '../data/wire';
import { PRECEDENCES } from '../record/statement';
import { maySay, rank } from './rights';

export type Standing = 'own' | 'emergency' | 'to-hand-on';

/** How a form takes floor and officer in that standing; its node and every receiver judge by the charter all the same. */
export interface Written {
  readonly standing: Standing;
  readonly floor: Floor;
  readonly session: SessionView;
  /** The rule under which the officer may stand in; null where there is none, or none is needed. */
  readonly rule: EmergencyRuleView | null;
}

export function writtenAs(floor: Floor, session: SessionView, kind: string, emergency: boolean): Written {
  if (maySay(floor, session, kind)) return { standing: 'own', floor, session, rule: null };
  const rule = emergencyRule(floor, session, kind);
  if (rule && emergency) return { standing: 'emergency', ...inStead(floor, session, kind, rule), rule };
  const wanted = floor.rule(kind)?.mandates ?? [];
  const mandates = floor.view.mandates.filter((mandate) => wanted.includes(mandate.name));
  return { standing: 'to-hand-on', floor, session: { ...session, mandates }, rule };
}

/** The charter's rule under which one of the officer's mandates stands in for those that cover `kind`. */
export function emergencyRule(floor: Floor, session: SessionView, kind: string): EmergencyRuleView | null {
  const holds = (names: readonly string[]) => session.mandates.some((mandate) => names.includes(mandate.name));
  return floor.view.emergency.find((rule) => rule.kinds.includes(kind) && holds(rule.mandates)) ?? null;
}

function inStead(floor: Floor, session: SessionView, kind: string, rule: EmergencyRuleView) {
  const opened = floor.rule(kind);
  const lower = (ceiling: PrecedenceName): PrecedenceName =>
    PRECEDENCES[Math.min(rank(ceiling), rank(rule.ceiling))] ?? 'ROUTINE';
  const mandates = session.mandates
    .filter((mandate) => rule.mandates.includes(mandate.name))
    .map((mandate) => ({ ...mandate, ceiling: lower(mandate.ceiling) }));
  return {
    floor: {
      ...floor,
      rule: (name: string) => (name === kind && opened ? { ...opened, mandates: rule.mandates } : floor.rule(name)),
    },
    session: { ...session, mandates },
  };
}

/** What an officer enters to stand in: why it cannot wait, and for how many minutes the authority was tried. */
export interface Plea {
  readonly reason: string;
  readonly minutes: number;
}

/** The marking that the plea gives, signed at `nowMs`; '' where the charter's rule is not met. */
export function pleading({ reason, minutes }: Plea, rule: EmergencyRuleView, nowMs: number): string {
  if (!Number.isSafeInteger(minutes) || minutes * 60_000 < rule.tried_ms) return '';
  const marking = markingOf({ triedSinceS: Math.floor(nowMs / 1000) - minutes * 60, reason: reason.trim() });
  return pleaOf(marking) ? marking : '';
}

export const REASON_CHARS = { least: MIN_REASON_CHARS, most: MAX_REASON_CHARS };
