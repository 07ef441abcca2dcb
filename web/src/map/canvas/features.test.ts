import { describe, expect, it } from 'vitest';
import { simulatedEdges, simulatedItems } from '../../simulation/mapItems';
import { drawingOf } from '../draft';
import { KINDS } from '../volume';
import { boxOf, draftFeatures, itemFeatures, type KindWords } from './features';
import { PATTERN_SIZE, patternOf } from './patterns';

const WORDS: KindWords = {
  kinds: { notice: 'بلاغ', zone: 'Zone', stop: 'STOP', standstill: 'Standstill', site: 'Site' },
  conflict: 'CONFLICT',
  crossing: 'crosses',
};
const ITEMS = simulatedItems(0);

describe('labels', () => {
  const { names, volumes, shapes } = itemFeatures(ITEMS, WORDS);

  it('say kind and reference, and a conflict in a word', () => {
    const said = names.features.map((one) => one.properties);
    expect(said[0]).toMatchObject({ sign: 'بلاغ', reference: 'AAA 131', alarm: '\nCONFLICT', conflict: true });
    expect(said.filter((one) => one?.['alarm'] !== '').map((one) => one?.['reference'])).toEqual([
      'AAA 131',
      'BBB 141',
    ]);
  });

  it('and shapes bear the number of their volume, by which it is told apart', () => {
    for (const { id, reference } of volumes) {
      const all = [...names.features, ...shapes.features].filter((one) => one.id === id);
      expect(all.map((one) => one.properties?.['reference'])).toEqual([reference, reference, reference]);
    }
  });
});

it('every kind has a pattern of its own, whatever its colour', () => {
  const made = KINDS.map((kind) => String(patternOf(kind, [1, 2, 3])));
  expect(new Set(made).size).toBe(KINDS.length);
  const [notice] = KINDS.map((kind) => patternOf(kind, [1, 2, 3]));
  expect(notice).toHaveLength(PATTERN_SIZE * PATTERN_SIZE * 4);
});

describe('the view', () => {
  it('of what lies over the 180th meridian is the short way round', () => {
    const [over] = simulatedEdges(0);
    const box = boxOf(over?.volumes.map((one) => one.area) ?? []);
    if (!box) throw new Error('no box');
    expect(box[2] - box[0]).toBeLessThan(30);
    expect(box[0]).toBeLessThan(180);
    expect(box[2]).toBeGreaterThan(180);
  });

  it('of nothing is none', () => expect(boxOf([])).toBeNull());
});

it('a drawing that crosses itself is marked where it does', () => {
  const places = [
    [0, 0],
    [10_000_000, 10_000_000],
    [0, 10_000_000],
    [10_000_000, 0],
  ] as const;
  const crossing = { place: [5_000_000, 5_000_000] as const, edges: [1, 3] as const };
  const { features } = draftFeatures({ area: null, fault: null, crossing, places }, WORDS);
  expect(features.filter((one) => one.properties?.['text']).map((one) => one.geometry)).toEqual([
    { type: 'Point', coordinates: [0.5, 0.5] },
  ]);
  expect(draftFeatures(null, WORDS).features).toEqual([]);
  const blank = drawingOf({ shape: 'circle', convention: 'degrees', points: [], metres: '' });
  expect(draftFeatures(blank, WORDS).features).toEqual([]);
});
