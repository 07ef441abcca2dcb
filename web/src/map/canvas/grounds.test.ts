import { describe, expect, it } from 'vitest';
import type { MapPackView } from '../../data/wire';
import { groundLayers, groundsOf } from './grounds';
import type { Palette } from './palette';

const NOTHING = { type: 'FeatureCollection', features: [] } as const;
const LINES: MapPackView = {
  number: 1,
  member: 'AAA',
  title: 'Lines',
  kind: 'other',
  features: { ...NOTHING, features: [] },
  tiles: null,
};
const GROUND: MapPackView = {
  ...LINES,
  number: 2,
  kind: 'ground',
  tiles: { layers: ['roads', 'built-up'], least: 0, most: 9, bounds: [35, 32, 37, 34] },
};

describe('a ground', () => {
  it('is asked of the node, within its bounds and zooms', () => {
    const [ground, ...more] = groundsOf([LINES, GROUND], 'http://127.0.0.1:7342/');
    expect(more).toEqual([]);
    expect(ground?.source).toEqual({
      type: 'vector',
      tiles: ['http://127.0.0.1:7342/api/v1/map/packs/2/tiles/{z}/{x}/{y}'],
      minzoom: 0,
      maxzoom: 9,
      bounds: [35, 32, 37, 34],
    });
  });

  it('has areas and lines of each of its layers, and no names', () => {
    const [ground] = groundsOf([GROUND], 'http://127.0.0.1:7342/');
    const layers = ground ? groundLayers(ground, { ink: '#111111' } as Palette) : [];
    expect(layers.map((one) => [one.id, one.type])).toEqual([
      ['ground-2-0-areas', 'fill'],
      ['ground-2-0-lines', 'line'],
      ['ground-2-1-areas', 'fill'],
      ['ground-2-1-lines', 'line'],
    ]);
  });
});
