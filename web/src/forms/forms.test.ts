import { describe, expect, it } from 'vitest';
import { type Area, areaIn, readArea, writeArea } from './area';
import { parseConventions } from './conventions';
import { lengthIn, readHeight, writeHeight } from './height';
import { offsetMs, readInstant, writeInstant } from './instant';
import { degrees, dms, gridOf, inConvention, type Place, type PlaceEntry, readPlace, writePlace } from './place';

const at = Date.UTC(2026, 10, 25, 14, 30);

describe('a moment entered', () => {
  it.each([null, 'Etc/GMT-3', 'Etc/GMT+5', 'Europe/Berlin'])('in %s comes back the same', (zone) => {
    for (const ms of [at, at + 9.5 * 3_600_000, Date.UTC(2026, 6, 1, 0, 0)]) {
      expect(readInstant(writeInstant(ms, zone))).toEqual({ ok: true, value: ms });
    }
  });

  it('is read with or without a colon, in Western or Arabic digits, in 24 hours only', () => {
    const entry = writeInstant(at, null);
    for (const time of ['14:30', '1430', '14.30', '١٤:٣٠', ' 14:30 ']) {
      expect(readInstant({ ...entry, time })).toEqual({ ok: true, value: at });
    }
    for (const time of ['25:00', '14:60', '2:30 pm', '14']) {
      expect(readInstant({ ...entry, time })).toEqual({ ok: false, fault: 'time' });
    }
    expect(readInstant({ ...entry, time: '' })).toEqual({ ok: false, fault: 'missing' });
  });

  it('that no calendar has, or that a clock change skips, is none', () => {
    const entry = writeInstant(at, 'Europe/Berlin');
    expect(readInstant({ ...entry, day: '31' })).toEqual({ ok: false, fault: 'date' });
    expect(readInstant({ ...entry, year: '26' })).toEqual({ ok: false, fault: 'date' });
    const skipped = { ...entry, day: '29', month: '3', time: '02:30' };
    expect(readInstant(skipped)).toEqual({ ok: false, fault: 'time-skipped' });
  });

  it('knows the offset of a zone west and east', () => {
    expect([offsetMs(at, 'Etc/GMT-3'), offsetMs(at, 'Etc/GMT+5')]).toEqual([3 * 3_600_000, -5 * 3_600_000]);
  });
});

const PLACES: readonly Place[] = [
  [331_254_000, 358_012_000],
  [-331_254_321, -358_012_777],
  [1, -1],
  [839_999_999, 1_799_999_999],
];
const TEN_METRES_E7 = 1_000;

function entryOf(
  text: { latitude?: string; longitude?: string; grid?: string },
  convention: PlaceEntry['convention'],
): PlaceEntry {
  return { convention, ns: 'N', ew: 'E', latitude: '', longitude: '', grid: '', ...text };
}

describe('a place entered', () => {
  it.each(PLACES)('%i %i comes back the same in degrees, and within a grid square in the others', (...place) => {
    expect(readPlace(writePlace(place, 'degrees'))).toEqual({ ok: true, value: place });
    for (const convention of ['dms', 'mgrs'] as const) {
      const read = readPlace(writePlace(place, convention));
      if (!read.ok) throw new Error(`${convention}: ${read.fault}`);
      expect(Math.abs(read.value[0] - place[0])).toBeLessThan(TEN_METRES_E7);
      if (Math.abs(place[0]) < 600_000_000) expect(Math.abs(read.value[1] - place[1])).toBeLessThan(TEN_METRES_E7);
    }
  });

  it('agrees with a published grid reference', () => {
    // The White House, as many introductions to the grid give it.
    expect(gridOf([388_977_000, -770_365_000])).toMatch(/^18S UJ 233[0-9]{2} 073[0-9]{2}$/);
    expect(gridOf([850_000_000, 0])).toBeNull();
  });

  it('is read in decimal degrees and in degrees, minutes, seconds, however they are separated', () => {
    const wanted = { ok: true, value: [331_250_000, 358_000_000] };
    for (const [latitude, longitude] of [
      ['33.125', '35.8'],
      ['33,125', '35,80'],
      ['33 07 30', '35 48 00'],
      ['33°07′30″', '35°48′00.0″'],
      ['33 07\'30"', '35:48'],
      ['٣٣.١٢٥', '٣٥.٨'],
    ] as const) {
      expect(readPlace(entryOf({ latitude, longitude }, 'degrees')), latitude).toEqual(wanted);
    }
  });

  it('out of range, or half entered, is none', () => {
    const read = (latitude: string, longitude: string) => readPlace(entryOf({ latitude, longitude }, 'degrees'));
    expect(read('91', '35')).toEqual({ ok: false, fault: 'latitude' });
    expect(read('33', '181')).toEqual({ ok: false, fault: 'longitude' });
    expect(read('33 61 00', '35')).toEqual({ ok: false, fault: 'latitude' });
    expect(read('-33', '35')).toEqual({ ok: false, fault: 'latitude' });
    expect(read('33', '')).toEqual({ ok: false, fault: 'missing' });
    for (const grid of ['36S YC 49382', '36I YC 4938 6710', '99S YC 4938 6710 1', 'nonsense']) {
      expect(readPlace(entryOf({ grid }, 'mgrs')), grid).toMatchObject({ ok: false });
    }
  });

  it('moves between conventions, and what cannot be read is not lost', () => {
    const entry = writePlace([331_254_000, 358_012_000], 'degrees');
    expect(inConvention(entry, 'mgrs').grid).toMatch(/^36S YB/);
    expect(inConvention({ ...entry, latitude: 'x' }, 'dms')).toMatchObject({ convention: 'dms', latitude: 'x' });
  });

  it('is written without rounding a degree, and with two decimals of a second', () => {
    expect([degrees(331_254_321), degrees(-1)]).toEqual(['33.1254321', '0.0000001']);
    expect([dms(331_254_000), dms(359_999_999)]).toEqual(['33°07′31.44″', '36°00′00.00″']);
  });
});

describe('a height entered', () => {
  it('is converted to centimetres, and never without a datum', () => {
    expect(readHeight({ amount: '1000', unit: 'ft', datum: 'AMSL' })).toEqual({ ok: true, value: [30_480, 'AMSL'] });
    expect(readHeight({ amount: '٩٠٠', unit: 'm', datum: 'AGL' })).toEqual({ ok: true, value: [90_000, 'AGL'] });
    expect(readHeight({ amount: '−12.5', unit: 'm', datum: 'AMSL' })).toEqual({ ok: true, value: [-1_250, 'AMSL'] });
    expect(readHeight({ amount: '900', unit: 'm', datum: '' })).toEqual({ ok: false, fault: 'height' });
    expect(readHeight({ amount: '999999', unit: 'm', datum: 'AGL' })).toEqual({ ok: false, fault: 'height' });
  });

  it('is whole where it was whole', () => {
    expect([lengthIn(30_480, 'ft'), lengthIn(90_000, 'm'), lengthIn(30_500, 'ft')]).toEqual(['1000', '900', '1000.7']);
    expect(writeHeight([30_480, 'AMSL'], 'ft')).toEqual({ amount: '1000', unit: 'ft', datum: 'AMSL' });
  });
});

describe('an area entered', () => {
  const circle: Area = { circle: [331_254_000, 358_012_000, 2_000] };
  const polygon: Area = { polygon: [...PLACES.slice(0, 3)] };

  it.each([circle, polygon])('comes back the same', (area) => {
    expect(readArea(writeArea(area, 'degrees'))).toEqual({ ok: true, value: area });
    expect(areaIn(area as never)).toEqual(area);
  });

  it('has three corners at least, and a radius', () => {
    expect(readArea({ ...writeArea(polygon, 'degrees'), corners: [] })).toEqual({ ok: false, fault: 'corners' });
    expect(readArea({ ...writeArea(circle, 'degrees'), radius: '0' })).toEqual({ ok: false, fault: 'radius' });
    expect(areaIn({ circle: [1, 'x', 2] })).toBeNull();
  });
});

describe('conventions', () => {
  it('that cannot be read back are as if never set', () => {
    expect(
      parseConventions('{"zone":"Nowhere/Land","lengths":"ft","memberZones":{"AAA":"Etc/GMT-3","BBB":3}}'),
    ).toEqual({
      zone: null,
      coordinates: 'degrees',
      lengths: 'ft',
      memberZones: { AAA: 'Etc/GMT-3' },
    });
    expect(parseConventions('{')).toMatchObject({ zone: null });
  });
});
