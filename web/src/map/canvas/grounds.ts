// Grounds: vector tiles that a member handed in, drawn faintly above land and water and under all else. They orient; what is in
// them is neither a boundary nor a name of anybody's, so that their names are not drawn.

import type { LayerSpecification, VectorSourceSpecification } from 'maplibre-gl';
import type { MapPackView, TileSetView } from '../../data/wire';
import type { Palette } from './palette';

export interface Ground {
  readonly id: string;
  readonly source: VectorSourceSpecification;
  readonly layers: readonly string[];
}

/** The grounds among `packs`; `base`: the address of the page. */
export const groundsOf = (packs: readonly MapPackView[], base: string): readonly Ground[] =>
  packs.flatMap(({ number, tiles }) => (tiles ? [groundOf(number, tiles, base)] : []));

function groundOf(number: number, { least, most, bounds, layers }: TileSetView, base: string): Ground {
  const tiles = [`${new URL(`api/v1/map/packs/${number}/tiles/`, base).href}{z}/{x}/{y}`];
  const [west = -180, south = -90, east = 180, north = 90] = bounds;
  const source: VectorSourceSpecification = {
    type: 'vector',
    tiles,
    minzoom: least,
    maxzoom: most,
    bounds: [west, south, east, north],
  };
  return { id: `ground-${number}`, source, layers };
}

export function groundLayers({ id, layers }: Ground, colours: Palette): readonly LayerSpecification[] {
  return layers.flatMap((layer, at): LayerSpecification[] => [
    {
      id: `${id}-${at}-areas`,
      type: 'fill',
      source: id,
      'source-layer': layer,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colours.ink, 'fill-opacity': 0.06 },
    },
    {
      id: `${id}-${at}-lines`,
      type: 'line',
      source: id,
      'source-layer': layer,
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': colours.ink, 'line-width': 0.8, 'line-opacity': 0.4 },
    },
  ]);
}
