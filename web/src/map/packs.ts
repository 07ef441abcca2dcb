// What members loaded, as the map shows it: every line with whose it is, and at every place the names of all members that
// name it, one under the other, each with its code, in an order that turns. No name is the map's own. Pure.

import type { Feature, FeatureCollection, Point, Position } from 'geojson';
import type { MapPackView } from '../data/wire';
import { visible } from '../parts/visible';

export const TURN_MS = 60_000;
export const MOST_NAMES = 4;
/** Names within this many degrees of each other are of one place. */
const SAME_PLACE = 0.01;

interface Named {
  readonly member: string;
  readonly name: string;
}

export interface NamedPlace {
  readonly at: Position;
  readonly names: readonly Named[];
}

/** Places of all gazetteers, with every member's name for each; members in the order of their codes. */
export function placesOf(packs: readonly MapPackView[]): readonly NamedPlace[] {
  const cells = new Map<string, { at: Position; names: Named[] }>();
  const ordered = packs.filter((pack) => pack.kind === 'gazetteer').toSorted((a, b) => (a.member < b.member ? -1 : 1));
  for (const { member, features } of ordered) {
    for (const feature of features.features) {
      if (!isPlace(feature)) continue;
      const at = feature.geometry.coordinates;
      const found = near(cells, at);
      const named = { member, name: visible(String(feature.properties?.['name'])) };
      if (found) found.names.push(named);
      else cells.set(cellOf(at).join(' '), { at, names: [named] });
    }
  }
  return [...cells.values()];
}

const isPlace = (feature: Feature): feature is Feature<Point> =>
  feature.geometry?.type === 'Point' && typeof feature.properties?.['name'] === 'string';

const cellOf = ([x = 0, y = 0]: Position): readonly [number, number] => [
  Math.floor(x / SAME_PLACE),
  Math.floor(y / SAME_PLACE),
];

function near<Found extends { at: Position }>(cells: ReadonlyMap<string, Found>, at: Position): Found | undefined {
  const [column, row] = cellOf(at);
  for (const dx of [0, -1, 1]) {
    for (const dy of [0, -1, 1]) {
      const found = cells.get(`${column + dx} ${row + dy}`);
      if (
        found &&
        Math.abs((found.at[0] ?? 0) - (at[0] ?? 0)) < SAME_PLACE &&
        Math.abs((found.at[1] ?? 0) - (at[1] ?? 0)) < SAME_PLACE
      ) {
        return found;
      }
    }
  }
  return undefined;
}

/** The same names with another one first each `TURN_MS`. */
export function turnedNames(names: readonly Named[], nowMs: number): readonly Named[] {
  if (names.length === 0) return names;
  const first = Math.floor(nowMs / TURN_MS) % names.length;
  return [...names.slice(first), ...names.slice(0, first)];
}

/** What the map is given: lines and areas with whose they are; places with their names in the order of this moment. */
export function packFeatures(packs: readonly MapPackView[], nowMs: number): FeatureCollection {
  const lines = packs
    .filter((pack) => pack.kind !== 'gazetteer')
    .flatMap(({ member, features }) =>
      features.features.map((feature): Feature => ({ ...feature, properties: { member, whose: visible(member) } })),
    );
  const places = placesOf(packs).map(({ at, names }): Feature => {
    const shown = turnedNames(names, nowMs).slice(0, MOST_NAMES);
    const properties = Object.fromEntries(
      Array.from({ length: MOST_NAMES }, (_, index) => index).flatMap((index) => {
        const one = shown[index];
        return [
          [`name${index}`, one ? `${index ? '\n' : ''}${one.name}` : ''],
          [`whose${index}`, one ? `\n${one.member}` : ''],
        ];
      }),
    );
    return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } };
  });
  return { type: 'FeatureCollection', features: [...lines, ...places] };
}
