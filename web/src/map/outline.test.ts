import { describe, expect, it } from 'vitest';
import type { Place } from '../forms/place';
import { densified, distanceM, placeOf, type Spot, spotOf, unwrapped } from './geodesy';
import { cutLine, outlineOf } from './outline';
import type { VolumeArea } from './volume';

const place = (latitude: number, longitude: number): Place => [latitude * 1e7, longitude * 1e7];

/** Whether a spot is filled, by the even-odd rule on the flat map. */
function holds(area: VolumeArea, [x, y]: Spot): boolean {
  let inside = false;
  for (const ring of outlineOf(area).fills.flat()) {
    for (let at = 1; at < ring.length; at++) {
      const [[ax, ay], [bx, by]] = [ring[at - 1] ?? [0, 0], ring[at] ?? [0, 0]];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

const longitudesOf = (area: VolumeArea) =>
  outlineOf(area)
    .fills.flat(2)
    .map(([longitude]) => longitude);
const leaps = (lines: readonly Spot[][]) =>
  lines.flatMap((line) => line.slice(1).filter(([x], at) => Math.abs(x - (line[at]?.[0] ?? 0)) > 90));

describe('a circle', () => {
  it('has every point of its rim at its radius over the ellipsoid, far north too', () => {
    for (const [latitude, radius] of [
      [0, 5_000],
      [33.1, 20_000],
      [70, 800_000],
    ] as const) {
      const [line = []] = outlineOf({ circle: [...place(latitude, 35.8), radius] }).lines;
      const centre: Spot = [35.8, latitude];
      for (const spot of line) expect(distanceM(centre, spot)).toBeCloseTo(radius, 1);
    }
  });

  it('over the 180th meridian is two shapes, and its rim has no seam', () => {
    const area: VolumeArea = { circle: [...place(0, 180), 800_000] };
    const { fills, lines } = outlineOf(area);
    expect(fills).toHaveLength(2);
    expect(longitudesOf(area).every((one) => Math.abs(one) <= 180)).toBe(true);
    expect(holds(area, [179, 0]) && holds(area, [-179, 0])).toBe(true);
    expect(holds(area, [0, 0])).toBe(false);
    expect(leaps(lines)).toEqual([]);
    const seams = lines.flatMap((line) =>
      line.slice(1).filter(([x], at) => Math.abs(x) === 180 && x === line[at]?.[0]),
    );
    expect(seams).toEqual([]);
  });

  it.each([1, -1])('that holds a pole is filled up to it, at every longitude', (hemisphere) => {
    const area: VolumeArea = { circle: [...place(88 * hemisphere, 20), 1_500_000] };
    for (let longitude = -179; longitude < 180; longitude += 17) {
      expect(holds(area, [longitude, 89.9 * hemisphere])).toBe(true);
      expect(holds(area, [longitude, 60 * hemisphere])).toBe(false);
    }
    expect(leaps(outlineOf(area).lines)).toEqual([]);
  });

  it('beside a pole that it does not hold is not filled up to it', () => {
    const area: VolumeArea = { circle: [...place(80, 20), 500_000] };
    expect(holds(area, [20, 80])).toBe(true);
    expect(holds(area, [20, 89.9])).toBe(false);
    expect(holds(area, [-160, 80])).toBe(false);
  });
});

describe('a polygon', () => {
  it('has geodesic edges: along 60° N they bulge towards the pole by degrees', () => {
    const [line = []] = outlineOf({ polygon: [place(60, -60), place(60, 60), place(50, 0)] }).lines;
    expect(Math.max(...line.map(([, latitude]) => latitude))).toBeGreaterThan(70);
  });

  it('round a pole encloses it', () => {
    const area: VolumeArea = { polygon: [place(-75, 0), place(-75, 120), place(-75, -120)] };
    expect(holds(area, [60, -89]) && holds(area, [-170, -89])).toBe(true);
    expect(holds(area, [60, -70])).toBe(false);
  });

  it('gets no points on short edges, which are straight on any map', () => {
    const small = [place(33, 35), place(33.02, 35), place(33.02, 35.02)];
    expect(outlineOf({ polygon: small }).lines[0]).toHaveLength(4);
  });
});

describe('a corridor', () => {
  const area: VolumeArea = { corridor: [place(0, 0), place(0, 1), place(1, 1)], width: 20_000 };

  it('is one shape that reaches half its width beyond its line, ends rounded', () => {
    expect(outlineOf(area).fills).toHaveLength(1);
    const line: readonly Spot[] = densified(
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      false,
    );
    for (const spot of outlineOf(area).lines.flat()) {
      expect(Math.min(...line.map((one) => distanceM(one, spot)))).toBeLessThan(20_000);
    }
    expect(holds(area, [0.5, 0.08]) && holds(area, [-0.08, 0])).toBe(true);
    expect(holds(area, [0.5, 0.1]) || holds(area, [-0.1, 0]) || holds(area, [-0.08, 0.08])).toBe(false);
  });

  it('is cut at the 180th meridian, without a seam in its boundary', () => {
    const over: VolumeArea = { corridor: [place(-20, 170), place(-25, -165)], width: 300_000 };
    expect(holds(over, [179, -22.6]) && holds(over, [-179, -22.9])).toBe(true);
    expect(longitudesOf(over).every((one) => Math.abs(one) <= 180.000001)).toBe(true);
    expect(leaps(outlineOf(over).lines)).toEqual([]);
  });
});

describe('a hostile statement', () => {
  const nothing = { fills: [], lines: [] };

  it.each([
    { polygon: [] },
    { polygon: [place(0, 0), place(1, 1)] },
    { polygon: [place(0, 0), place(1, 1), place(Number.NaN, 0)] },
    { polygon: [place(0, 0), place(1, 1), place(95, 0)] },
    { circle: [0, 0, 0] },
    { circle: [0, 0, Number.POSITIVE_INFINITY] },
    { corridor: [place(0, 0)], width: 10 },
    { corridor: [place(0, 0), place(1, 1)], width: -10 },
  ] as VolumeArea[])('with an area that is none draws nothing and stops nothing: %j', (area) => {
    expect(outlineOf(area)).toMatchObject(nothing);
  });

  it.each([
    { polygon: [place(0, 0), place(0, 0), place(0, 0)] },
    { polygon: [place(0, 179), place(1, -179), place(0, -179), place(1, 179)] },
    { polygon: [place(90, 0), place(-90, 0), place(0, 180)] },
    { corridor: [place(0, 0), place(0, 0)], width: 10 },
    { corridor: [place(89.9, 0), place(89.9, 180), place(-89.9, 90)], width: 3_000_000 },
  ] as VolumeArea[])('with an area that folds or crosses itself is drawn without harm: %j', (area) => {
    for (const [longitude, latitude] of outlineOf(area).lines.flat()) {
      expect(Math.abs(longitude) < 180.000001 && Math.abs(latitude) <= 90).toBe(true);
    }
  });
});

it('a line over the 180th meridian is cut where it meets it', () => {
  const [west = [], east = []] = cutLine(
    unwrapped([
      [170, 0],
      [-170, 10],
    ]),
  );
  expect(west.at(-1)).toEqual([180, 5]);
  expect(east).toEqual([
    [-180, 5],
    [-170, 10],
  ]);
});

it('places come back as they were, longitudes brought within half a turn', () => {
  for (const one of [place(-33.1254, 151.2), place(89.9, -179.9)]) expect(placeOf(spotOf(one))).toEqual(one);
  expect(placeOf([190, 5])).toEqual(place(5, -170));
});
