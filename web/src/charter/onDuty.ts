// Registrars on duty: officers who enrol and revoke officers while root and registrar are away, within the charter's limits, as
// `parley.charter.on_duty` on the node has them. They touch only officers who hold nothing but what may be granted, give nothing
// that the last holder of the position did not have, and bring back nobody whom root or registrar ended.

import type { BuiltInKind } from './directoryKinds';
import type { Signer } from './signers';
import type { OnDuty } from './terms';
import { type Void, voidFor } from './void';

const KINDS: readonly string[] = ['directory.enrol', 'directory.revoke'];

/** Whether an act is of those that a registrar on duty may sign, under a mandate for them. */
export const isForDuty = (onDuty: OnDuty | null, kind: string, mandate: string): boolean =>
  onDuty !== null && KINDS.includes(kind) && onDuty.mandates.includes(mandate);

/** Whether `signer` is a registrar on duty, and `kind` is for those. */
export function maySign(onDuty: OnDuty | null, kind: BuiltInKind, signer: Signer): boolean {
  if (signer.capacity !== 'officer') return false;
  return signer.mandates.some((mandate) => isForDuty(onDuty, kind, mandate));
}

/** Void where an enrolment is beyond the limits; `last`: who holds or held the position last. */
export function enrolsBeyond(onDuty: OnDuty, mandates: readonly string[], last: Signer | null): Void | null {
  if (!within(mandates, onDuty.grants)) return beyond('it entrusts what a registrar on duty may not grant');
  if (last === null) return onDuty.newPositions ? null : beyond('nobody held the position before');
  const touched = touchesBeyond(onDuty, last);
  if (touched) return touched;
  if (last.untilSeq !== null && last.endedBy !== 'officer') {
    return beyond(`${last.position} was ended by root or registrar, who alone can fill it again`);
  }
  return within(mandates, last.mandates) ? null : beyond(`it entrusts more than ${last.position} held`);
}

/** Void where revoking or annotating the key of `target` is beyond the limits. */
export const revokesBeyond = (onDuty: OnDuty, target: Signer): Void | null => touchesBeyond(onDuty, target);

function touchesBeyond(onDuty: OnDuty, target: Signer): Void | null {
  if (target.capacity === 'officer' && within(target.mandates, onDuty.grants)) return null;
  return beyond(`${target.position} is not for a registrar on duty to touch`);
}

const within = (names: readonly string[], allowed: readonly string[]): boolean =>
  names.every((name) => allowed.includes(name));

const beyond = (reason: string): Void => voidFor('directory.on-duty', reason);
