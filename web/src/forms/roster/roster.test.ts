import { describe, expect, it } from 'vitest';
import {
  added,
  blankAbsence,
  blankHoliday,
  blankRoster,
  blankShift,
  changed,
  entryOfRoster,
  isNight,
  isWhole,
  minutesOf,
  moved,
  rosterOf,
  toggled,
  WEEKDAYS,
  without,
} from './roster';

const NOW_MS = Date.UTC(2026, 10, 25, 2, 4);
const shift = (more: Partial<ReturnType<typeof blankShift>>) => ({ ...blankShift(), position: 'duty-1', ...more });
const roster = (...shifts: readonly ReturnType<typeof blankShift>[]) => ({
  ...blankRoster('Asia/Damascus'),
  liaison: 'liaison',
  shifts,
});

describe('a roster', () => {
  it('is signed as minutes of the local day, and comes back as it was typed', () => {
    const entry = roster(shift({ from: '06:00', until: '18:30', alternates: ['duty-2'], languages: ['ar'] }));
    const value = rosterOf(entry);
    expect(value).toEqual({
      zone: 'Asia/Damascus',
      liaison: 'liaison',
      shifts: [
        { position: 'duty-1', days: WEEKDAYS, from: 360, until: 1110, alternates: ['duty-2'], languages: ['ar'] },
      ],
    });
    const again = entryOfRoster(value);
    expect(again && rosterOf(again)).toEqual(value);
    expect(again?.shifts[0]).toMatchObject({ from: '06:00', until: '18:30' });
  });

  it('has a night typed as one shift and signed as two, the second on the day after', () => {
    const night = shift({ from: '22:00', until: '06:00', days: [5, 6] });
    expect(isNight(night)).toBe(true);
    expect(rosterOf(roster(night))['shifts']).toEqual([
      { position: 'duty-1', days: [5, 6], from: 1320, until: 1440 },
      { position: 'duty-1', days: [0, 6], from: 0, until: 360 },
    ]);
  });

  it('takes midnight as an end for the end of that day', () => {
    for (const until of ['00:00', '24:00']) {
      expect(isNight(shift({ from: '18:00', until }))).toBe(false);
      expect(rosterOf(roster(shift({ from: '18:00', until })))['shifts']).toMatchObject([{ from: 1080, until: 1440 }]);
    }
  });

  it('is whole only when everything typed can be read', () => {
    expect(isWhole(rosterOf(roster(shift({}))))).toBe(true);
    for (const from of ['25:00', '6', 'six', '']) expect(isWhole(rosterOf(roster(shift({ from }))))).toBe(false);
  });

  it('has absences and holidays only where there are any', () => {
    const entry = roster(shift({}));
    expect(Object.keys(rosterOf(entry))).toEqual(['zone', 'liaison', 'shifts']);
    const absence = { ...blankAbsence(NOW_MS, 'UTC'), position: 'duty-1' };
    const full = { ...entry, absences: [absence], holidays: [blankHoliday(NOW_MS)] };
    const value = rosterOf(full);
    expect(value['absences']).toEqual([
      { position: 'duty-1', from: Date.UTC(2026, 10, 25), until: Date.UTC(2026, 10, 25, 23, 59) },
    ]);
    expect(value['holidays']).toMatchObject([{ from: '2026-11-25', until: '2026-11-25' }]);
    const again = entryOfRoster(value);
    expect(again && rosterOf(again)).toEqual(value);
  });

  it('that has not the form of one is left as text', () => {
    const good = rosterOf(roster(shift({})));
    for (const value of [
      null,
      [],
      3,
      { ...good, zone: 1 },
      { ...good, shifts: 'all' },
      { ...good, shifts: [{ position: 'duty-1' }] },
      { ...good, absences: [{}] },
      { ...good, holidays: [{ from: 1 }] },
    ])
      expect(entryOfRoster(value)).toBeNull();
  });
});

describe('its alternates', () => {
  it('are moved by one place, and stay where there is none', () => {
    const list = ['duty-1', 'duty-2', 'duty-3'];
    expect(moved(list, 'duty-3', -1)).toEqual(['duty-1', 'duty-3', 'duty-2']);
    expect(moved(list, 'duty-1', 1)).toEqual(['duty-2', 'duty-1', 'duty-3']);
    expect(moved(list, 'duty-1', -1)).toBe(list);
    expect(moved(list, 'duty-3', 1)).toBe(list);
    expect(moved(list, 'duty-9', 1)).toBe(list);
  });

  it('are added once', () => {
    expect(added(['duty-1'], ' duty-2 ')).toEqual(['duty-1', 'duty-2']);
    expect(added(['duty-1'], 'duty-1')).toEqual(['duty-1']);
    expect(added(['duty-1'], ' ')).toEqual(['duty-1']);
  });
});

it('days are chosen in their order', () => {
  expect(toggled([4, 0], 2, WEEKDAYS)).toEqual([0, 2, 4]);
  expect(toggled([0, 2, 4], 2, WEEKDAYS)).toEqual([0, 4]);
});

it('one of a list is changed or taken out by its key', () => {
  const [one, other] = [blankShift(), blankShift()];
  expect(changed([one, other], other.key, { position: 'duty-2' })).toEqual([one, { ...other, position: 'duty-2' }]);
  expect(without([one, other], one.key)).toEqual([other]);
});

it('times of day are read with digits of either script', () => {
  expect(minutesOf('٠٦:٣٠')).toBe(390);
  expect(minutesOf('0630')).toBe(390);
  expect(minutesOf('24:00')).toBe(1440);
  expect(minutesOf('24:01')).toBeNull();
});
