import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AlarmCheck,
  afterHeard,
  COUNTS_FOR_MS,
  keepCheck,
  standingOfAlarm,
  storedCheck,
  watchName,
} from './proving';

const kept = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  },
});
beforeEach(() => kept.clear());

const CHECK: AlarmCheck = { atMs: 1_000, position: 'duty-1', heard: true, seen: null, watch: 'duty-1 day' };
const WATCH = {
  member: 'AAA',
  position: 'duty-1',
  alternates: [],
  shift: 'day',
  roster: 'AAA 3',
  handover: null,
  handing: null,
};

describe('the alarm of a terminal', () => {
  it('is proved by who heard it, in that very watch', () => {
    expect(standingOfAlarm(CHECK, 'duty-1 day', 2_000)).toBe('proved');
    expect(standingOfAlarm({ ...CHECK, heard: false }, 'duty-1 day', 2_000)).toBe('not-heard');
    expect(standingOfAlarm(null, 'duty-1 day', 2_000)).toBe('not-proved');
  });

  it('is to be proved anew by the next watch, and without a roster after twelve hours', () => {
    expect(standingOfAlarm(CHECK, watchName({ ...WATCH, position: 'duty-2' }), 2_000)).toBe('not-proved');
    expect(standingOfAlarm(CHECK, watchName({ ...WATCH, handover: 'AAA 9' }), 2_000)).toBe('not-proved');
    const without = { ...CHECK, watch: watchName(undefined) };
    expect(standingOfAlarm(without, null, CHECK.atMs + COUNTS_FOR_MS - 1)).toBe('proved');
    expect(standingOfAlarm(without, null, CHECK.atMs + COUNTS_FOR_MS)).toBe('not-proved');
  });

  it('is remembered by this browser; what it cannot read is no proof', () => {
    keepCheck(CHECK);
    expect(storedCheck()).toEqual(CHECK);
    for (const nothing of ['', '{', '7', '{"atMs":1}', '{"atMs":"1","heard":true,"position":"duty-1"}']) {
      kept.set('parley.alarm-check', nothing);
      expect(storedCheck()).toBeNull();
    }
  });

  it('is shown on the desktop only where the browser may', () => {
    expect(afterHeard('default')).toBe('desktop');
    expect(afterHeard('granted')).toBe('desktop');
    expect(afterHeard('denied')).toBe('closed');
  });
});
