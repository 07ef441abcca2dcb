// What was really on screen: which statements this officer's *shown* is still owed for. One is owed where it was addressed to
// this member, its ladder has no such rung, and it has not been signed here already. Statements are signed together, at most
// MAX_REPLIES in one, and only those of the same case stand in one. Pure.

import type { ItemView } from '../../data/wire';

export const MAX_TOGETHER = 32;

export function isOwed(item: ItemView, me: string): boolean {
  const ladder = item.ladders.find((one) => one.member === me);
  return ladder !== undefined && item.because === null && !ladder.rungs.some((rung) => rung.rung === 'shown');
}

/** Those to sign for together: of one case and one channel, none of them twice. */
export function batches(items: readonly ItemView[]): readonly (readonly ItemView[])[] {
  const groups = new Map<string, ItemView[]>();
  for (const item of items) {
    const group = groups.get(`${item.channel} ${item.case}`) ?? [];
    if (!group.some((one) => one.digest === item.digest)) group.push(item);
    groups.set(`${item.channel} ${item.case}`, group);
  }
  return Array.from(groups.values()).flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MAX_TOGETHER) }, (_, at) =>
      group.slice(at * MAX_TOGETHER, (at + 1) * MAX_TOGETHER),
    ),
  );
}
