import { describe, expect, it } from 'vitest';
import { manyItems, simulatedItems } from '../simulation/mapItems';
import { listed } from './listing';
import { busyness, endOf, nextChange, PLAY_RATE, SPAN_MS, STEP_MS, sliderAt, turned } from './slider';
import { isActive, type MapItem, standingOf } from './volume';

const NOW = Date.UTC(2026, 10, 25, 2, 4, 37);
const HOUR = 3_600_000;
const ITEMS = simulatedItems(NOW);

describe('the slider', () => {
  const slider = sliderAt(NOW);

  it('spans 72 hours from the quarter of an hour that is running', () => {
    expect(new Date(slider.startMs).toISOString()).toBe('2026-11-25T02:00:00.000Z');
    expect(endOf(slider) - slider.startMs).toBe(72 * HOUR);
    expect(slider.atMs).toBe(NOW);
  });

  it('does not leave its span, by hand or by keys', () => {
    expect(turned(slider, { to: 0 }).atMs).toBe(slider.startMs);
    expect(turned(slider, { by: 100 * HOUR }).atMs).toBe(endOf(slider));
    expect(turned(slider, { by: STEP_MS }).atMs).toBe(NOW + STEP_MS);
  });

  it('plays to its end and stops there; played again it begins anew', () => {
    const playing = turned(slider, { play: true });
    expect(turned(playing, { elapsed: 1_000 }).atMs).toBe(NOW + 1_000 * PLAY_RATE);
    const ended = turned(playing, { elapsed: SPAN_MS });
    expect([ended.playing, ended.atMs]).toEqual([false, endOf(slider)]);
    expect(turned(ended, { play: true }).atMs).toBe(slider.startMs);
    expect(turned(slider, { elapsed: 1_000 })).toBe(slider);
  });

  it('goes with the clock until it is set by hand, and again when it is told to', () => {
    const later = NOW + 2 * HOUR;
    expect(turned(slider, { now: later })).toEqual(sliderAt(later));
    const set = turned(turned(slider, { to: NOW + HOUR }), { now: NOW + STEP_MS });
    expect([set.atMs, set.startMs]).toEqual([NOW + HOUR, slider.startMs + STEP_MS]);
    expect(turned(set, { now: later }).atMs).toBe(sliderAt(later).startMs);
    expect(turned(set, { follow: later })).toEqual(sliderAt(later));
  });

  it('a step by key pauses', () => {
    expect(turned(turned(slider, { play: true }), { by: STEP_MS }).playing).toBe(false);
  });

  it('finds the change before and after, and none beyond its ends', () => {
    const next = nextChange(ITEMS, slider, 1) ?? 0;
    expect(next).toBe(NOW + HOUR);
    const after = turned(slider, { to: next });
    expect(nextChange(ITEMS, after, 1)).toBe(NOW + 2 * HOUR);
    expect(nextChange(ITEMS, slider, -1)).toBeNull();
    expect(nextChange([], slider, 1)).toBeNull();
  });

  it('counts what is active in each of its parts', () => {
    const counts = busyness(ITEMS, slider, 72);
    for (const [hour, count] of counts.entries()) {
      const [from, until] = [slider.startMs + hour * HOUR, slider.startMs + (hour + 1) * HOUR];
      const volumes = ITEMS.flatMap((item) => item.volumes).filter((one) => one.from < until && one.until > from);
      expect(count).toBe(volumes.length);
    }
  });
});

describe('a window', () => {
  const [item] = ITEMS as [MapItem];
  const [volume] = item.volumes;

  it('holds its beginning and not its end', () => {
    if (!volume) throw new Error('no volume');
    expect([isActive(volume, volume.from), isActive(volume, volume.until)]).toEqual([true, false]);
    expect(standingOf(item, volume.until)).toBe('over');
    expect(standingOf(item, volume.from - 1)).toBe('before');
  });

  it('of an item is between two of its times where none is active', () => {
    if (!volume) throw new Error('no volume');
    const twice = {
      ...item,
      volumes: [volume, { ...volume, from: volume.until + HOUR, until: volume.until + 2 * HOUR }],
    };
    expect(standingOf(twice, volume.until + 1)).toBe('between');
  });
});

describe('the list', () => {
  it('shows conflicts first, then what is active, then what is to come', () => {
    const rows = listed(ITEMS, NOW, 'all');
    expect(rows.slice(0, 2).map((row) => row.id)).toEqual(['AAA 131', 'BBB 141']);
    const standings = rows.slice(2).map((row) => row.standing);
    expect(standings.indexOf('before')).toBeGreaterThan(standings.lastIndexOf('active'));
  });

  it('keeps what its filter asks for', () => {
    expect(listed(ITEMS, NOW, 'conflict').map((row) => row.id)).toEqual(['AAA 131', 'BBB 141']);
    expect(listed(ITEMS, NOW, 'active').every((row) => row.standing === 'active')).toBe(true);
  });

  it('gives the same row for the same standing, so that two thousand are not drawn anew', () => {
    const many = manyItems(NOW, 100);
    const [one, other] = [listed(many, NOW, 'all'), listed(many, NOW + 1, 'all')];
    expect(other.every((row) => one.includes(row))).toBe(true);
  });
});
