// Meridians and parallels for a view, and their labels along its edges. Spacings are round in degrees, then in minutes, so that
// at most a dozen lines cross a screen. Labels have degrees and minutes; the words for the hemispheres are the caller's. Pure.

import { type Spot, wrapped } from './geodesy';

/** Degrees, west less than east: longitudes run on over 180 where the view does. */
export interface View {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly zoom: number;
}

export interface GridLine {
  readonly points: readonly Spot[];
}

export interface GridLabel {
  readonly at: Spot;
  readonly text: string;
  /** Along which edge of the view it stands; `middle` labels name a square. */
  readonly edge: 'side' | 'foot' | 'middle';
}

export interface Grid {
  readonly lines: readonly GridLine[];
  readonly labels: readonly GridLabel[];
}

export interface Hemispheres {
  readonly north: string;
  readonly south: string;
  readonly east: string;
  readonly west: string;
}

/** Spacings in minutes. */
const SPACINGS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800];
const LEAST_PIXELS = 110;
const TILE_PIXELS = 512;
const POINTS = 2;
/** The map's own end towards the poles. */
const MOST_LATITUDE = 85;

/** Minutes between lines at a zoom. */
export function spacingAt(zoom: number): number {
  const pixelsPerMinute = (TILE_PIXELS * 2 ** zoom) / (360 * 60);
  return SPACINGS.find((minutes) => minutes * pixelsPerMinute >= LEAST_PIXELS) ?? 1800;
}

export function graticuleOf(view: View, words: Hemispheres): Grid {
  const minutes = spacingAt(view.zoom);
  const [south, north] = [Math.max(view.south, -MOST_LATITUDE), Math.min(view.north, MOST_LATITUDE)];
  const meridians = steps(view.west, Math.min(view.east, view.west + 360), minutes);
  const parallels = steps(south, north, minutes).filter((one) => Math.abs(one) < MOST_LATITUDE * 60);
  const along = (count: number, at: (share: number) => Spot) =>
    Array.from({ length: count }, (_, index) => at(index / (count - 1)));
  return {
    lines: [
      ...meridians.map((one) => ({
        points: along(POINTS, (share): Spot => [one / 60, south + share * (north - south)]),
      })),
      ...parallels.map((one) => ({
        points: along(POINTS, (share): Spot => [view.west + share * (view.east - view.west), one / 60]),
      })),
    ],
    labels: [
      ...meridians.map((one): GridLabel => ({ at: [one / 60, south], text: meridianText(one, words), edge: 'foot' })),
      ...parallels.map(
        (one): GridLabel => ({ at: [view.west, one / 60], text: parallelText(one, words), edge: 'side' }),
      ),
    ],
  };
}

/** Multiples of `minutes` within two values in degrees, in minutes. */
function steps(from: number, to: number, minutes: number): number[] {
  const first = Math.ceil((from * 60) / minutes);
  const last = Math.floor((to * 60) / minutes);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * minutes);
}

export function meridianText(minutes: number, words: Hemispheres): string {
  const east = Math.round(wrapped(minutes / 60) * 60);
  if (east === 0 || Math.abs(east) === 180 * 60) return angle(east);
  return `${angle(east)} ${east < 0 ? words.west : words.east}`;
}

export function parallelText(minutes: number, words: Hemispheres): string {
  return minutes === 0 ? angle(0) : `${angle(minutes)} ${minutes < 0 ? words.south : words.north}`;
}

function angle(minutes: number): string {
  const whole = Math.abs(minutes);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)}°${rest ? `${String(rest).padStart(2, '0')}′` : ''}`;
}
