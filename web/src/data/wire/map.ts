// What members loaded of maps, each with whose it is: nothing of it ships, and none of it is the mechanism's.

import type { FeatureCollection } from 'geojson';

export type MapPackKind = 'boundaries' | 'gazetteer' | 'other';

export interface MapPackView {
  /** Code of the member that loaded it, and alone vouches for it. */
  readonly member: string;
  readonly title: string;
  readonly kind: MapPackKind;
  /** GeoJSON (RFC 7946). A place of a gazetteer is a point with `name` and, where it is known, `lang` (BCP 47). */
  readonly features: FeatureCollection;
}
