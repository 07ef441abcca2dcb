// The map's style: no address of glyphs, sprites or tiles; letters from the fonts that the page ships, land and water from the
// pack that it ships, everything else given by the page.

import latin from '@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2?url';
import arabic from '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2?url';
import hebrew from '@fontsource-variable/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-wght-normal.woff2?url';
import land from 'map-pack/land.json?url';
import water from 'map-pack/water.json?url';
import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import { MOST_NAMES } from '../packs';
import { KINDS } from '../volume';
import type { Palette } from './palette';

export const FONT = 'Parley Sans';
/** The layer under which grounds are laid. */
export const ABOVE_GROUND = 'graticule';
export const GIVEN = ['packs', 'graticule', 'squares', 'items', 'clashes', 'names', 'draft'] as const;
export type Given = (typeof GIVEN)[number];
const NOTHING = { type: 'FeatureCollection', features: [] } as const;
const here = (address: string) => new URL(address, document.baseURI).href;

export const ACTIVE: ExpressionSpecification = ['boolean', ['feature-state', 'active'], true];
const SELECTED: ExpressionSpecification = ['boolean', ['feature-state', 'selected'], false];
export function styleOf(colours: Palette): StyleSpecification {
  return {
    version: 8,
    'font-faces': {
      [FONT]: [
        {
          url: here(arabic),
          'unicode-range': ['U+0600-06FF', 'U+0750-077F', 'U+0870-08FF', 'U+FB50-FDFF', 'U+FE70-FEFC'],
        },
        { url: here(hebrew), 'unicode-range': ['U+0590-05FF', 'U+FB1D-FB4F'] },
        { url: here(latin) },
      ],
    },
    sources: {
      land: { type: 'geojson', data: here(land), maxzoom: 10, tolerance: 0.4 },
      water: { type: 'geojson', data: here(water), maxzoom: 8 },
      ...Object.fromEntries(
        GIVEN.map((name) => [name, { type: 'geojson' as const, data: NOTHING, maxzoom: 12, tolerance: 0.2 }]),
      ),
    },
    layers: [
      ...ground(colours),
      ...grids(colours),
      ...members(colours),
      ...items(colours),
      ...gridNames(colours),
      ...draft(colours),
    ],
  };
}

function ground(colours: Palette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.water } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land } },
    { id: 'water', type: 'fill', source: 'water', paint: { 'fill-color': colours.water } },
  ];
}

const lettering = (colours: Palette, colour = colours.ink) => ({
  'text-color': colour,
  'text-halo-color': colours.halo,
  'text-halo-width': 1.6,
});

function grids(colours: Palette): LayerSpecification[] {
  return [
    { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': colours.grid, 'line-width': 1 } },
    {
      id: 'squares',
      type: 'line',
      source: 'squares',
      paint: { 'line-color': colours.squares, 'line-width': 1, 'line-dasharray': [4, 3] },
    },
  ];
}

/** Over everything that is filled: one reads a place by them. */
function gridNames(colours: Palette): LayerSpecification[] {
  const label = (source: Given, colour: string): LayerSpecification => ({
    id: `${source}-names`,
    type: 'symbol',
    source,
    filter: ['has', 'text'],
    layout: {
      'text-field': ['get', 'text'],
      'text-font': [FONT],
      'text-size': ['match', ['get', 'edge'], 'middle', 13, 11],
      'text-anchor': ['match', ['get', 'edge'], 'foot', 'bottom', 'side', 'left', 'center'],
      'text-offset': [
        'match',
        ['get', 'edge'],
        'foot',
        ['literal', [0, -0.3]],
        'side',
        ['literal', [0.3, 0]],
        ['literal', [0, 0]],
      ],
      'text-padding': 1,
    },
    paint: lettering(colours, colour),
  });
  return [label('graticule', colours.ink), label('squares', colours.squares)];
}

/** What members loaded: lines and places that none but they vouch for. */
function members(colours: Palette): LayerSpecification[] {
  const numbers = Array.from({ length: MOST_NAMES }, (_, at) => at);
  const parts = numbers.flatMap((at) => [['get', `name${at}`], {}, ['get', `whose${at}`], { 'font-scale': 0.75 }]);
  const names = ['format', ...parts];
  return [
    {
      id: 'pack-lines',
      type: 'line',
      source: 'packs',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': colours.ink, 'line-width': 1.2, 'line-opacity': 0.7, 'line-dasharray': [2, 2] },
    },
    {
      id: 'pack-whose',
      type: 'symbol',
      source: 'packs',
      filter: ['has', 'whose'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 180,
        'text-field': ['get', 'whose'],
        'text-font': [FONT],
        'text-size': 10,
      },
      paint: lettering(colours),
    },
    {
      id: 'pack-names',
      type: 'symbol',
      source: 'packs',
      filter: ['has', 'name0'],
      layout: {
        'text-field': names as unknown as ExpressionSpecification,
        'text-font': [FONT],
        'text-size': 12,
        'text-justify': 'center',
        'text-padding': 3,
      },
      paint: lettering(colours),
    },
  ];
}

function byKind(of: (kind: (typeof KINDS)[number]) => string): ExpressionSpecification {
  const pairs = KINDS.flatMap((kind) => [kind, of(kind)]);
  return ['match', ['get', 'kind'], ...pairs, '#808080'] as unknown as ExpressionSpecification;
}

function items(colours: Palette): LayerSpecification[] {
  const colour = byKind((kind) => colours.kinds[kind]);
  const areas: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
  const lines: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];
  const alarm: LineLayerSpecification['paint'] = {
    'line-color': colours.conflict,
    'line-width': 8,
    'line-dasharray': [1.2, 0.6],
  };
  return [
    {
      id: 'item-areas',
      type: 'fill',
      source: 'items',
      filter: areas,
      paint: {
        'fill-pattern': ['get', 'kind'],
        'fill-opacity': ['case', SELECTED, 1, ACTIVE, 0.65, 0.15],
        'fill-antialias': false,
      },
    },
    {
      id: 'item-conflicts',
      type: 'line',
      source: 'items',
      filter: ['all', lines, ['get', 'conflict']],
      paint: { ...alarm, 'line-opacity': ['case', ACTIVE, 0.8, 0.45] },
    },
    { id: 'draft-clashes', type: 'line', source: 'clashes', paint: { ...alarm, 'line-opacity': 0.9 } },
    {
      id: 'item-lines',
      type: 'line',
      source: 'items',
      filter: lines,
      paint: {
        'line-color': ['case', SELECTED, colours.focus, colour],
        'line-width': ['case', SELECTED, 4, 1.8],
        'line-opacity': ['case', SELECTED, 1, ACTIVE, 1, 0.35],
      },
    },
    named('item-names', colours, ['!', ['get', 'conflict']], false),
    named('conflict-names', colours, ['get', 'conflict'], true),
  ];
}

/** What a label says: kind, reference and, loud, that there is a conflict. Those of conflicts are never left out. */
function named(id: string, colours: Palette, filter: ExpressionSpecification, always: boolean): LayerSpecification {
  const alarm = { 'font-scale': 1.1, 'text-color': colours.conflict };
  return {
    id,
    type: 'symbol',
    source: 'names',
    filter,
    layout: {
      'text-field': ['format', ['get', 'sign'], {}, '\n', {}, ['get', 'reference'], {}, ['get', 'alarm'], alarm],
      'text-font': [FONT],
      'text-size': 12,
      'text-padding': 2,
      ...(always
        ? { 'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.5 }
        : { 'text-anchor': 'top', 'text-offset': [0, 0.5] }),
      'text-allow-overlap': always,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: { ...lettering(colours), 'text-opacity': ['case', ['any', ACTIVE, SELECTED], 1, 0.55] },
  };
}

function draft(colours: Palette): LayerSpecification[] {
  const paint = { 'line-color': colours.draft, 'line-width': 3 };
  return [
    {
      id: 'draft-wash',
      type: 'fill',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': colours.draft, 'fill-opacity': 0.2 },
    },
    {
      id: 'draft-lines',
      type: 'line',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'LineString'],
      paint: { ...paint, 'line-dasharray': [3, 1.5] },
    },
    {
      id: 'draft-points',
      type: 'circle',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['match', ['get', 'sign'], 'crossing', 9, 5],
        'circle-color': ['match', ['get', 'sign'], 'crossing', colours.conflict, colours.halo],
        'circle-stroke-color': ['match', ['get', 'sign'], 'crossing', colours.halo, colours.draft],
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'draft-names',
      type: 'symbol',
      source: 'draft',
      filter: ['has', 'text'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': [FONT],
        'text-size': 13,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.8],
        'text-allow-overlap': true,
      },
      paint: lettering(colours, colours.conflict),
    },
  ];
}
