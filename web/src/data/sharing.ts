// What is the same in an answer as in the one before it stays the same object, wherever in its list it stands now: what is drawn
// of it is not drawn anew. (By itself, TanStack Query compares lists place by place, and one new statement moves all others.) Pure.

import { replaceEqualDeep } from '@tanstack/react-query';
import type { CasesPage, FeedPage } from './wire';

function sharedBy<One>(before: readonly One[], after: readonly One[], name: (one: One) => string): readonly One[] {
  const known = new Map(before.map((one) => [name(one), one]));
  const shared = after.map((one) => replaceEqualDeep(known.get(name(one)), one) as One);
  return shared.length === before.length && shared.every((one, at) => one === before[at]) ? before : shared;
}

export function sharedFeed(before: unknown, after: unknown): unknown {
  if (!before) return after;
  const [known, page] = [before as FeedPage, after as FeedPage];
  const items = sharedBy(known.items, page.items, (one) => one.item.reference);
  return items === known.items && page.next === known.next ? known : { ...page, items };
}

export function sharedCases(before: unknown, after: unknown): unknown {
  if (!before) return after;
  const [known, page] = [before as CasesPage, after as CasesPage];
  const cases = sharedBy(known.cases, page.cases, (one) => one.reference);
  return cases === known.cases && page.next === known.next ? known : { ...page, cases };
}
