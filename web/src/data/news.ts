// What a message of the live channel means for what is on screen: which views to ask anew. Pure.

import type { NewsMessage, NowView, RingView } from './wire';

/** Keys of views; a view is asked anew where its key begins with one of these. */
export type ViewKey = readonly string[];

const EVERY_CASE: readonly ViewKey[] = [['feed'], ['cases'], ['case'], ['now'], ['sheet'], ['situation']];

/** Kinds that open a case whose volumes are looked at, or in which a conflict is settled. */
const IN_THE_SITUATION: ReadonlySet<string> = new Set(['notice', 'zone', 'standstill', 'stop', 'coordination']);

export function viewsToRead(news: NewsMessage): readonly ViewKey[] {
  switch (news.type) {
    case 'case':
      return [
        ['feed'],
        ['cases'],
        ['case', news.reference],
        ['now'],
        ['sheet'],
        ...(IN_THE_SITUATION.has(news.kind) ? [['situation']] : []),
      ];
    case 'receipt':
      return [['feed'], ['case'], ['now'], ['status']];
    case 'entry':
      return [['record'], ['status']];
    case 'verified':
      return [['status']];
    case 'ring':
      return [['now']];
    case 'ahead':
      return [['now'], ['feed']];
    case 'line':
      return [['now'], ['status']];
    case 'fork':
      return [['status'], ...EVERY_CASE];
    case 'draft':
      return [['drafts']];
    case 'private':
      return [['private', news.what], ['sheet']];
    default:
      return [];
  }
}

export interface RingChange {
  readonly fresh: readonly RingView[];
  readonly gone: readonly RingView[];
}

/** What runs now, after a change of what rings. */
export function withRings(view: NowView, { fresh, gone }: RingChange): NowView {
  const changed = new Set([...fresh, ...gone].map(nameOf));
  return { ...view, rings: [...fresh, ...view.rings.filter((ring) => !changed.has(nameOf(ring)))] };
}

const nameOf = (ring: RingView): string => `${ring.reference} ${ring.whose}`;
