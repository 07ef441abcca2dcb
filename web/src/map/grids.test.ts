import { forward } from 'mgrs';
import { describe, expect, it } from 'vitest';
import type { Spot } from './geodesy';
import { graticuleOf, meridianText, parallelText, spacingAt, type View } from './graticule';
import { gridSpacingAt, mgrsGridOf, principalDigits, squareName } from './mgrsGrid';
import { fromMetres, toMetres, zonesIn } from './utm';

const WORDS = { north: 'N', south: 'S', east: 'E', west: 'W' };
const view = (west: number, south: number, east: number, north: number, zoom: number): View => ({
  west,
  south,
  east,
  north,
  zoom,
});
const texts = (labels: readonly { readonly text: string }[]) => labels.map((one) => one.text);

describe('the graticule', () => {
  it('has round spacings that leave room on the screen', () => {
    for (let zoom = 0; zoom < 17; zoom += 0.5) {
      const pixels = (spacingAt(zoom) * 512 * 2 ** zoom) / (360 * 60);
      if (spacingAt(zoom) < 1800) expect(pixels).toBeGreaterThanOrEqual(110);
    }
    expect([spacingAt(0), spacingAt(5), spacingAt(8), spacingAt(14)]).toEqual([1800, 300, 20, 1]);
  });

  it('labels meridians and parallels with hemisphere, and runs on over the 180th meridian', () => {
    const { labels, lines } = graticuleOf(view(170, -15, 200, 15, 3.5), WORDS);
    expect(texts(labels)).toEqual(['170° E', '180°', '170° W', '160° W', '10° S', '0°', '10° N']);
    expect(lines).toHaveLength(7);
  });

  it('writes minutes with two digits', () => {
    expect(parallelText(-(33 * 60 + 5), WORDS)).toBe('33°05′ S');
    expect(meridianText(35 * 60 + 50, WORDS)).toBe('35°50′ E');
  });
});

describe('transverse Mercator', () => {
  it.each([
    [35.8012, 33.1254, 36],
    [-70.1, -12.3, 19],
    [179.9, 5, 60],
    [10.4, 63.4, 32],
  ] as const)('agrees with the grid that officers read at %f %f', (longitude, latitude, zone) => {
    const { easting, northing } = toMetres([longitude, latitude], zone);
    const [, , , digits = ''] = /^(\d+[A-Z])([A-Z]{2})(\d{10})$/.exec(forward([longitude, latitude], 5))?.slice() ?? [];
    const southern = latitude < 0 ? 10_000_000 : 0;
    expect(Math.abs((easting % 100_000) - Number(digits.slice(0, 5)))).toBeLessThan(1.5);
    expect(Math.abs(((northing + southern) % 100_000) - Number(digits.slice(5)))).toBeLessThan(1.5);
  });

  it('comes back to where it was within a millimetre', () => {
    for (const spot of [
      [33.2, 0.1],
      [38.9, 83.9],
      [36, -79.9],
      [30.01, 45],
    ] as Spot[]) {
      const back = fromMetres(toMetres(spot, 36), 36);
      expect(back[0]).toBeCloseTo(spot[0], 8);
      expect(back[1]).toBeCloseTo(spot[1], 8);
    }
  });

  it('knows the zones that are not six degrees wide', () => {
    const numbers = (...box: [number, number, number, number]) => zonesIn(...box).map((one) => one.number);
    expect(numbers(4, 60, 4.1, 60.1)).toEqual([32]);
    expect(numbers(4, 50, 4.1, 50.1)).toEqual([31]);
    expect(numbers(10, 75, 10.1, 75.1)).toEqual([33]);
    expect(numbers(0, 85, 10, 89)).toEqual([]);
  });
});

describe('the grid of MGRS', () => {
  it('appears square by square as one comes nearer', () => {
    expect([3, 6, 9, 12].map(gridSpacingAt)).toEqual([null, 100_000, 10_000, 1_000]);
    expect(mgrsGridOf(view(30, 30, 40, 40, 4)).lines).toEqual([]);
  });

  it('names squares of 100 km in their middle, as the record writes them', () => {
    const { labels } = mgrsGridOf(view(34, 32, 37, 34.5, 7));
    expect(texts(labels)).toContain('36S YC');
    for (const { at, text } of labels) expect(squareName(at)).toBe(text);
  });

  it('draws lines on which one of easting and northing is a multiple of the spacing', () => {
    const { lines } = mgrsGridOf(view(35.6, 33, 35.8, 33.15, 12.2));
    expect(lines.length).toBeGreaterThan(20);
    for (const { points } of lines) {
      const metres = points.map((spot) => toMetres(spot, 36));
      const off = (values: number[]) =>
        Math.max(...values.map((one) => Math.abs(one - Math.round(one / 1_000) * 1_000)));
      expect(Math.min(off(metres.map((one) => one.easting)), off(metres.map((one) => one.northing)))).toBeLessThan(0.1);
    }
  });

  it('is cut where zones meet, and stays within the view', () => {
    const box = view(35.9, 33, 36.1, 33.1, 12.2);
    for (const { points } of mgrsGridOf(box).lines) {
      for (const [longitude] of points) expect(longitude >= 35.9 - 1e-9 && longitude <= 36.1 + 1e-9).toBe(true);
      const sides = new Set(points.map(([longitude]) => Math.sign(Math.round((longitude - 36) * 1e6))).filter(Boolean));
      expect(sides.size).toBeLessThan(2);
    }
  });

  it('runs on over the 180th meridian', () => {
    const { labels } = mgrsGridOf(view(178, 0, 182, 3, 7));
    expect(texts(labels).some((one) => one.startsWith('60')) && texts(labels).some((one) => one.startsWith('1N'))).toBe(
      true,
    );
  });

  it('labels finer lines with their principal digits', () => {
    expect([
      principalDigits(738_000, 1_000),
      principalDigits(705_000, 1_000),
      principalDigits(730_000, 10_000),
    ]).toEqual(['38', '05', '3']);
    expect(principalDigits(-3_000, 1_000)).toBe('97');
  });
});
