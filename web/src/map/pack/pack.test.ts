// The map that ships has land and water and nothing else: no border, no country, no name.

import { beforeAll, describe, expect, it } from 'vitest';
import { LAYERS, type Layer, makeLayer, thinRing } from './makePack';

const WORDS = new Set(['GeometryCollection', 'Polygon']);
const FIELDS = new Set(['type', 'geometries', 'coordinates']);

describe.each(LAYERS)('$file', (layer: Layer) => {
  let made: ReturnType<typeof makeLayer>;
  beforeAll(() => {
    made = makeLayer(layer);
  }, 60_000);

  it('is shapes alone: no word and no field that could name or sort one', () => {
    const words = new Set<string>();
    const fields = new Set<string>();
    JSON.parse(JSON.stringify(made), function collect(this: unknown, field: string, value: unknown) {
      if (field && !Array.isArray(this)) fields.add(field);
      if (typeof value === 'string') words.add(value);
      return value;
    });
    expect(words).toEqual(WORDS);
    expect(fields).toEqual(FIELDS);
  });

  it('has no line that two shapes share, as neighbours share a border', () => {
    const owners = new Map<string, number>();
    const shared: string[] = [];
    for (const [owner, { coordinates }] of made.geometries.entries()) {
      for (const ring of coordinates) {
        for (let at = 1; at < ring.length; at++) {
          const [from, to] = [ring[at - 1] ?? [], ring[at] ?? []];
          const seam = Math.abs(from[0] ?? 0) === 180 && from[0] === to[0];
          const edge = [from, to].map(String).sort().join(' ');
          if (!seam && owners.has(edge) && owners.get(edge) !== owner) shared.push(edge);
          owners.set(edge, owner);
        }
      }
    }
    expect(shared).toEqual([]);
  });

  it('lies within the world and leaps over no half of it', () => {
    const wrong: unknown[] = [];
    for (const ring of made.geometries.flatMap((one) => one.coordinates)) {
      for (const [at, [longitude = 999, latitude = 999]] of ring.entries()) {
        const leap = Math.abs(longitude - (ring[at - 1]?.[0] ?? longitude));
        const isOverPole = Math.abs(latitude) === 90;
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90 || (leap > 90 && !isOverPole)) {
          wrong.push([longitude, latitude]);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

it('thins a ring to the points that matter, and keeps its ends', () => {
  const square = [
    [0, 0],
    [1, 0.001],
    [2, 0],
    [2, 2],
    [1, 2.001],
    [0, 2],
    [0, 0],
  ] as [number, number][];
  expect(thinRing(square, 0.01)).toEqual([
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ]);
  expect(thinRing(square, 0)).toEqual(square);
});
