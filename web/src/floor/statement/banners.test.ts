import { describe, expect, it } from 'vitest';
import { indexed } from '../../data/floor';
import type { ItemView } from '../../data/wire';
import { SIMULATED_FLOOR } from '../../simulation/floor';
import { itemOf } from '../../simulation/items';
import { banners } from './banners';

const floor = indexed(SIMULATED_FLOOR);
const sorts = (more: Partial<ItemView>) => banners(floor, itemOf(more)).map((banner) => banner.sort);
const because = { code: 'move.other-state', reason: '', arguments: {}, before: 'AAA 3', unseen: true };

describe('before the text of a statement', () => {
  it('nothing is put where nothing is to be known', () => {
    expect(sorts({})).toEqual([]);
  });

  it('that it is void comes first', () => {
    expect(sorts({ because, questioned: true, released: null })).toEqual(['void', 'questioned']);
  });

  it('it says what stands in its place, what is asked, what is awaited', () => {
    expect(sorts({ superseded: 'BBB 9' })).toEqual(['corrected']);
    expect(sorts({ questioned: true })).toEqual(['questioned']);
    expect(sorts({ released: null })).toEqual(['unreleased']);
    expect(sorts({ content: null })).toEqual(['out-of-sight']);
    expect(sorts({ understood: false })).toEqual(['unknown-kind']);
  });

  it('free text in a language that is not ours has no checked rendition until there is one', () => {
    const foreign = { content: { text: 'סימולציה', lang: 'he' } };
    expect(sorts(foreign)).toEqual(['foreign']);
    expect(sorts({ ...foreign, renditions: ['BBB 8'] })).toEqual([]);
    expect(sorts({ ...foreign, author: 'AAA' })).toEqual([]);
    const phrase = { en: { text: 'x', parts: [] } };
    expect(sorts({ content: { phrase: { id: 'x', slots: {} } }, phrase })).toEqual([]);
  });
});
