// The colours of the map, as the design tokens of the page have them in the look that is worn.

import { type ItemKind, KINDS } from '../volume';

export interface Palette {
  readonly land: string;
  readonly water: string;
  readonly grid: string;
  readonly squares: string;
  readonly ink: string;
  readonly halo: string;
  readonly conflict: string;
  readonly draft: string;
  readonly focus: string;
  readonly kinds: Readonly<Record<ItemKind, string>>;
}

export function palette(root: HTMLElement = document.documentElement): Palette {
  const worn = getComputedStyle(root);
  const token = (name: string) => worn.getPropertyValue(`--${name}`).trim() || '#808080';
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, token(`map-${kind}`)])) as Record<ItemKind, string>;
  return {
    land: token('map-land'),
    water: token('map-water'),
    grid: token('map-grid'),
    squares: token('map-squares'),
    ink: token('ink'),
    halo: token('sheet'),
    conflict: token('flash'),
    draft: token('accent'),
    focus: token('focus'),
    kinds,
  };
}

/** `#rrggbb` as numbers. */
export function rgb(colour: string): readonly [number, number, number] {
  const number = Number.parseInt(colour.replace('#', ''), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}
