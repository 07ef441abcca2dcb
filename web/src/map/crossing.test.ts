import { expect, it } from 'vitest';
import type { Place } from '../forms/place';
import { crossingOf } from './crossing';

const place = (latitude: number, longitude: number): Place => [latitude * 1e7, longitude * 1e7];

it('a boundary that crosses itself is told with its edges and the place', () => {
  const bow = [place(0, 0), place(1, 1), place(0, 1), place(1, 0)];
  const found = crossingOf(bow, true);
  expect(found?.edges).toEqual([1, 3]);
  expect((found?.place[0] ?? 0) / 1e7).toBeCloseTo(0.5, 3);
  expect((found?.place[1] ?? 0) / 1e7).toBeCloseTo(0.5, 3);
});

it('neighbouring edges meet in their corner, which is no crossing', () => {
  expect(crossingOf([place(0, 0), place(1, 0), place(1, 1), place(0, 1)], true)).toBeNull();
  expect(crossingOf([place(0, 0), place(1, 0), place(1, 1)], true)).toBeNull();
});

it('is found over the 180th meridian and beside a pole', () => {
  const over = [place(0, 179), place(1, -179), place(0, -179), place(1, 179)];
  expect(Math.abs(crossingOf(over, true)?.place[1] ?? 0) / 1e7).toBeCloseTo(180, 3);
  const polar = [place(89, 0), place(89, 180), place(89, 90), place(89, -90)];
  expect((crossingOf(polar, false)?.place[0] ?? 0) / 1e7).toBeCloseTo(90, 4);
});

it('great circles that meet on the far side of the Earth are no crossing', () => {
  expect(crossingOf([place(0, 0), place(1, 1), place(5, 5), place(5, 4), place(6, 8)], false)).toBeNull();
});

it('an open line is not closed for it', () => {
  const hook = [place(0, 0), place(0, 2), place(1, 2), place(1, 1), place(0.5, 1)];
  expect(crossingOf(hook, false)).toBeNull();
  expect(crossingOf([...hook, place(-1, 1)], false)?.edges).toEqual([1, 5]);
});
