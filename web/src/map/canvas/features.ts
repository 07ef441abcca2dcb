// What the map is given of items, grids, packs and a drawing: GeoJSON with the properties that the style asks for. Every volume of
// an item has a number of its own, by which its look is changed without drawing it anew. Pure.

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { visible } from '../../parts/visible';
import type { Drawing } from '../draft';
import { densified, type Spot, spotOf } from '../geodesy';
import type { Grid } from '../graticule';
import { outlineOf } from '../outline';
import type { ItemKind, MapItem, Volume, VolumeArea } from '../volume';

export interface KindWords {
  readonly kinds: Readonly<Record<ItemKind, string>>;
  readonly conflict: string;
  readonly crossing: string;
}

export interface Numbered {
  readonly id: number;
  readonly reference: string;
  readonly volume: Volume;
}

export interface ItemFeatures {
  readonly shapes: FeatureCollection;
  readonly names: FeatureCollection;
  readonly volumes: readonly Numbered[];
}

/** Labels that stand first where there is no room for all. */
const RANKS: Readonly<Record<ItemKind, number>> = { stop: 0, standstill: 2, site: 3, zone: 4, notice: 5 };

/** The map ends at 85 degrees; what lies beyond has its label at its end. */
const MOST_LATITUDE = 84;
const labelSpot = ([longitude, latitude]: Spot): Spot => [
  longitude,
  Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude)),
];

export function itemFeatures(items: readonly MapItem[], words: KindWords): ItemFeatures {
  const shapes: Feature[] = [];
  const names: Feature[] = [];
  const volumes: Numbered[] = [];
  for (const item of items) {
    for (const volume of item.volumes) {
      const id = volumes.length;
      const outline = outlineOf(volume.area);
      const conflict = item.conflicts.length > 0;
      const properties = { reference: item.reference, kind: item.kind, conflict };
      if (outline.lines.length === 0) continue;
      volumes.push({ id, reference: item.reference, volume });
      shapes.push({ type: 'Feature', id, properties, geometry: { type: 'MultiPolygon', coordinates: outline.fills } });
      shapes.push({
        type: 'Feature',
        id,
        properties,
        geometry: { type: 'MultiLineString', coordinates: [...outline.lines] },
      });
      names.push({
        type: 'Feature',
        id,
        properties: {
          ...properties,
          sign: words.kinds[item.kind],
          reference: visible(item.reference),
          alarm: conflict ? `\n${words.conflict}` : '',
          rank: conflict ? 1 : RANKS[item.kind],
        },
        geometry: { type: 'Point', coordinates: labelSpot(outline.centre) },
      });
    }
  }
  return { shapes: collection(shapes), names: collection(names), volumes };
}

export function gridFeatures(grid: Grid): FeatureCollection {
  const lines = grid.lines.map(({ points }) => of({ type: 'LineString', coordinates: [...points] }, {}));
  const labels = grid.labels.map(({ at, text, edge }) => of({ type: 'Point', coordinates: at }, { text, edge }));
  return collection([...lines, ...labels]);
}

/** What is drawn so far: the area where it is whole, else the line through its points; and where it crosses itself. */
export function draftFeatures(
  drawing: Drawing | null,
  words: KindWords,
  others: readonly VolumeArea[] = [],
): FeatureCollection {
  if (!drawing) return collection([]);
  const { area, places, crossing } = drawing;
  const points = places.map((place) => of({ type: 'Point', coordinates: spotOf(place) }, { sign: 'point' }));
  const whole = [...others, ...(area ? [area] : [])].flatMap((one) => {
    const outline = outlineOf(one);
    return [
      of({ type: 'MultiPolygon', coordinates: outline.fills }, {}),
      of({ type: 'MultiLineString', coordinates: [...outline.lines] }, {}),
    ];
  });
  const open = !area && places.length > 1 ? [of(lineThrough(drawing), {})] : [];
  const crossed = crossing
    ? [of({ type: 'Point', coordinates: spotOf(crossing.place) }, { sign: 'crossing', text: words.crossing })]
    : [];
  return collection([...whole, ...open, ...points, ...crossed]);
}

const lineThrough = ({ places, crossing }: Drawing): Geometry => ({
  type: 'LineString',
  coordinates: densified(places.map(spotOf), crossing !== null && places.length > 2),
});

const of = (geometry: Geometry, properties: Record<string, string>): Feature => ({
  type: 'Feature',
  properties,
  geometry,
});
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** The box that holds all volumes, as a view is fitted to: [west, south, east, north]; null where there are none. */
export function boxOf(areas: readonly VolumeArea[]): readonly [number, number, number, number] | null {
  const spots = areas.flatMap((area) => outlineOf(area).lines.flat());
  if (spots.length === 0) return null;
  const latitudes = spots.map(([, latitude]) => latitude);
  const [west, east] = around(spots.map(([longitude]) => longitude));
  return [west, least(latitudes), east, most(latitudes)];
}

/** The shorter way round the Earth that holds all longitudes; east may be over 180. */
function around(longitudes: readonly number[]): readonly [number, number] {
  const plain = [least(longitudes), most(longitudes)] as const;
  const turned = longitudes.map((one) => (one < 0 ? one + 360 : one));
  const other = [least(turned), most(turned)] as const;
  return plain[1] - plain[0] <= other[1] - other[0] ? plain : other;
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
