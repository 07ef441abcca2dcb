import { describe, expect, it } from 'vitest';
import type { MapPackView } from '../data/wire';
import { simulatedPacks } from '../simulation/mapItems';
import { packFeatures, placesOf, TURN_MS, turnedNames } from './packs';

const PACKS = simulatedPacks();

describe('packs of members', () => {
  it('every line bears whose it is, and nothing else that its file said', () => {
    const odd: MapPackView = {
      number: 1,
      tiles: null,
      member: 'AAA',
      title: 'SIMULATION',
      kind: 'boundaries',
      features: {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { whose: 'BBB' },
            geometry: {
              type: 'LineString',
              coordinates: [
                [0, 0],
                [1, 1],
              ],
            },
          },
        ],
      },
    };
    expect(packFeatures([odd], 0).features.map((one) => one.properties)).toEqual([{ member: 'AAA', whose: 'AAA' }]);
  });

  it('all members’ names of one place stand together, each with its code, whatever order the packs came in', () => {
    for (const packs of [PACKS, PACKS.toReversed()]) {
      const places = placesOf(packs);
      expect(places).toHaveLength(2);
      for (const { names } of places) expect(names.map((one) => one.member)).toEqual(['AAA', 'BBB']);
    }
  });

  it('no member’s name is always first', () => {
    const firsts = [0, 1, 2, 3].map((turn) => turnedNames(placesOf(PACKS)[0]?.names ?? [], turn * TURN_MS)[0]?.member);
    expect(firsts).toEqual(['AAA', 'BBB', 'AAA', 'BBB']);
    const shown = [0, TURN_MS].map(
      (now) => packFeatures(PACKS, now).features.find((one) => one.properties?.['name0'])?.properties,
    );
    expect(shown[0]?.['whose0']).toBe('\nAAA');
    expect(shown[1]?.['whose0']).toBe('\nBBB');
  });

  it('a name that hides characters is shown with them', () => {
    const [place] = placesOf([
      {
        number: 1,
        tiles: null,
        member: 'BBB',
        title: '',
        kind: 'gazetteer',
        features: {
          type: 'FeatureCollection',
          features: [
            { type: 'Feature', properties: { name: 'a\u202eb' }, geometry: { type: 'Point', coordinates: [1, 1] } },
          ],
        },
      },
    ]);
    expect(place?.names[0]?.name).toBe('a[U+202E]b');
  });
});
