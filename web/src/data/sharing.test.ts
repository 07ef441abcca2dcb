import { describe, expect, it } from 'vitest';
import { itemOf } from '../simulation/items';
import { sharedFeed } from './sharing';
import type { FeedPage } from './wire';

const page = (...references: readonly string[]): FeedPage => ({
  items: references.map((reference) => ({ item: itemOf({ reference }), state: 'sent', over: false, opener: true })),
  next: null,
});

describe('a feed read anew', () => {
  it('keeps what it had, though something new moved it on', () => {
    const before = page('AAA 2', 'AAA 1');
    const after = sharedFeed(before, page('AAA 3', 'AAA 2', 'AAA 1')) as FeedPage;
    expect(after.items.map((one) => one.item.reference)).toEqual(['AAA 3', 'AAA 2', 'AAA 1']);
    expect(after.items[1]).toBe(before.items[0]);
    expect(after.items[2]).toBe(before.items[1]);
  });

  it('is the same where nothing changed', () => {
    const before = page('AAA 2', 'AAA 1');
    expect(sharedFeed(before, page('AAA 2', 'AAA 1'))).toBe(before);
    expect(sharedFeed(before, page('AAA 1'))).not.toBe(before);
  });
});
