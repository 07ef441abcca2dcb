// What members loaded of maps, each with whose it is: nothing of it ships, and none of it is the mechanism's.

import type { FeatureCollection } from 'geojson';

export type MapPackKind = 'boundaries' | 'gazetteer' | 'other' | 'ground';

/** Vector tiles of a ground: names of its layers, its zooms, and west, south, east, north in degrees. */
export interface TileSetView {
  readonly layers: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly bounds: readonly number[];
}

export interface MapPackView {
  /** By which its tiles are asked for. */
  readonly number: number;
  /** Code of the member that loaded it, and alone vouches for it. */
  readonly member: string;
  readonly title: string;
  readonly kind: MapPackKind;
  /** GeoJSON (RFC 7946). A place of a gazetteer is a point with `name` and, where it is known, `lang` (BCP 47). */
  readonly features: FeatureCollection;
  /** Of a ground, else null. */
  readonly tiles: TileSetView | null;
}
