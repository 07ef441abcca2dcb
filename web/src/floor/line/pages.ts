// Pages of a feed, the newest page first and in each the latest first, as one list with the newest last. What stands on two
// pages is taken from the newer one. Pure.

import type { FeedItem } from '../../data/wire';

export function joined(newest: readonly FeedItem[], earlier: readonly FeedItem[]): readonly FeedItem[] {
  const seen = new Set<string>();
  return [...newest, ...earlier]
    .filter(({ item }) => !seen.has(item.reference) && seen.add(item.reference))
    .toReversed();
}
