import { describe, expect, it } from 'vitest';
import places from '../vectors/places.json';
import { blankPlace, degrees, dms, readPlace, writePlace } from './place';

describe('a place is written and read as the node does', () => {
  it.each(places.written)('$place', ({ place, ...written }) => {
    const [latitude = 0, longitude = 0] = place;
    expect([degrees(latitude), degrees(longitude)]).toEqual(written.degrees);
    expect([dms(latitude), dms(longitude)]).toEqual(written.dms);
    expect(readPlace(writePlace([latitude, longitude], 'dms'))).toEqual({ ok: true, value: written.readDms });
  });

  it.each(places.read)('$latitude', ({ latitude, value }) => {
    const read = readPlace({ ...blankPlace('degrees'), latitude, longitude: '0' });
    expect(read.ok ? read.value[0] : null).toBe(value);
  });
});
