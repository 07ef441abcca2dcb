// The emergency mandate, as `parley.charter.emergency` on the node has it: which mandates may stand in for which, for what, and
// with what plea. The plea is the statement's signed marking:
//
//     EMERGENCY <since when the authority was tried, Unix seconds> <reason, 8 to 100 characters>

import { pythonQuoted } from '../crypto/quoted';
import { PRECEDENCES, type StatementFields } from '../record/statement';
import type { EmergencyRule, Terms } from './terms';
import { type Void, voidFor } from './void';

const MARK = 'EMERGENCY';
export const MIN_REASON_CHARS = 8;
export const MAX_REASON_CHARS = 100;
const HIDDEN = '\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';
const PLEA = new RegExp(`^${MARK} (0|[1-9][0-9]{0,11}) ([^${HIDDEN}]{${MIN_REASON_CHARS},${MAX_REASON_CHARS}})$`, 'u');

export interface Plea {
  readonly triedSinceS: number;
  readonly reason: string;
}

export const markingOf = ({ triedSinceS, reason }: Plea): string => `${MARK} ${triedSinceS} ${reason}`;

/** The plea that a marking is; null where it is none. */
export function pleaOf(marking: string): Plea | null {
  const [, since, reason] = PLEA.exec(marking) ?? [];
  return since === undefined || reason === undefined ? null : { triedSinceS: Number(since), reason };
}

function ruleFor(terms: Terms, kind: string, mandate: string): EmergencyRule | undefined {
  return terms.emergency.find((one) => one.kinds.includes(kind) && one.mandates.includes(mandate));
}

/** Void where a mandate that does not cover the kind does not stand in for one either. */
export function refused(terms: Terms, { kind, mandate, precedence, marking, issuedAtS }: StatementFields): Void | null {
  const rule = ruleFor(terms, kind, mandate);
  if (!rule) {
    return voidFor('mandate.exceeded', `${pythonQuoted(mandate)} does not cover the kind ${pythonQuoted(kind)}`);
  }
  const plea = pleaOf(marking);
  if (!plea) {
    const only = `${pythonQuoted(mandate)} covers the kind ${pythonQuoted(kind)} only with the plea of an emergency`;
    return voidFor('emergency.plea', only);
  }
  if (precedence > rule.ceiling) {
    return voidFor(
      'emergency.exceeded',
      `in an emergency ${pythonQuoted(mandate)} does not reach ${PRECEDENCES[precedence]}`,
    );
  }
  return (issuedAtS - plea.triedSinceS) * 1000 < rule.triedMs
    ? voidFor('emergency.too-soon', 'the authority was not tried for as long as the charter wants')
    : null;
}
