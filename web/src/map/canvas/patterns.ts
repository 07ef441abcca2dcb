// The pattern that fills the areas of each kind, so that kinds differ without colour: notices hatched, zones dotted, STOPs
// cross-hatched, standstills ruled, protected sites strewn with crosses. Pixels are made here, for screens of any density. Pure.

import type { ItemKind } from '../volume';

export const PATTERN_SIZE = 24;
const LINE = 2.4;
/** Opacity of the wash between signs, of 255. */
const GROUND = 52;

type Sign = (x: number, y: number) => boolean;

const half = PATTERN_SIZE / 2;
const onRising: Sign = (x, y) => (x + y) % half < LINE;
const onFalling: Sign = (x, y) => (x - y + PATTERN_SIZE) % half < LINE;
const SIGNS: Readonly<Record<ItemKind, Sign>> = {
  notice: onRising,
  zone: (x, y) => Math.hypot((x % half) - half / 2, (y % half) - half / 2) < 2.2,
  stop: (x, y) => onRising(x, y) || onFalling(x, y),
  standstill: (_, y) => y % half < LINE,
  site: (x, y) => {
    const [dx, dy] = [Math.abs(x - half), Math.abs(y - half)];
    return (dx < LINE / 2 + 0.6 && dy < 6) || (dy < LINE / 2 + 0.6 && dx < 6);
  },
};

/** RGBA of `PATTERN_SIZE` squared pixels: the pattern in `colour` (red, green, blue) over a wash of it. */
export function patternOf(kind: ItemKind, colour: readonly [number, number, number]): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(PATTERN_SIZE * PATTERN_SIZE * 4);
  for (let at = 0; at < PATTERN_SIZE * PATTERN_SIZE; at++) {
    const [x, y] = [at % PATTERN_SIZE, Math.floor(at / PATTERN_SIZE)];
    pixels.set([...colour, SIGNS[kind](x, y) ? 255 : GROUND], at * 4);
  }
  return pixels;
}
