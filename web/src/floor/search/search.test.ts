import { describe, expect, it } from 'vitest';
import { FIRST_CONVENTIONS } from '../../forms/conventions';
import { blankSearch, narrowing, piecesOf, readSearch, type SearchForm } from './search';

const NOW = Date.UTC(2026, 10, 25, 12, 30);
const blank = blankSearch(FIRST_CONVENTIONS, NOW);
const read = (changed: Partial<SearchForm>) => readSearch({ ...blank, ...changed }, 'ar');

describe('what is looked for', () => {
  it('is nothing while nothing is entered', () => {
    expect(readSearch(blank, 'en')).toEqual({ query: null, faults: {} });
    expect(narrowing(blank)).toBe(0);
  });

  it('is words, in the language of the reader', () => {
    expect(read({ text: ' قافلة ' }).query).toEqual({ text: 'قافلة', order: 'newest', language: 'ar' });
  });

  it('is narrowed by member, desk and whole minutes', () => {
    const from = { ...blank.from, time: '06:00' };
    const { query } = read({ member: 'AAA', desk: 'line', from, until: { ...from, time: '06:30' }, order: 'best' });
    expect(query).toEqual({
      member: 'AAA',
      desk: 'line',
      from_ms: Date.UTC(2026, 10, 25, 6, 0),
      until_ms: Date.UTC(2026, 10, 25, 6, 30, 59, 999),
      order: 'best',
      language: 'ar',
    });
    expect(narrowing({ ...blank, member: 'AAA', from })).toBe(2);
  });

  it('is narrowed by a place and how far about it', () => {
    const place = { ...blank.place, latitude: '33.5', longitude: '36.25' };
    expect(read({ place, radius: '٥٠٠' }).query).toMatchObject({ lat: 33.5, lon: 36.25, radius_m: 500 });
  });

  it.each([
    ['until', { from: { ...blank.from, time: '07:00' }, until: { ...blank.until, time: '06:00' } }, 'date'],
    ['from', { from: { ...blank.from, time: '25:00' } }, 'time'],
    ['radius', { place: { ...blank.place, latitude: '33.5', longitude: '36.25' } }, 'radius'],
    ['radius', { radius: '0' }, 'radius'],
    ['place', { radius: '500' }, 'missing'],
    ['place', { place: { ...blank.place, latitude: '99', longitude: '36' }, radius: '5' }, 'latitude'],
  ] as const)('cannot be read: %s', (field, changed, fault) => {
    const { query, faults } = read({ text: 'x', ...changed });
    expect(query).toBeNull();
    expect(faults).toEqual({ [field]: fault });
  });
});

describe('an excerpt', () => {
  const of = (text: string, start: number, marks: readonly (readonly [number, number])[]) =>
    piecesOf({ field: 'text', language: '', text, start, marks, further: false });

  it('is cut at its marks, by code points of the original', () => {
    expect(of('🕊 نار قف', 10, [[12, 15]])).toEqual([
      { at: 10, text: '🕊 ', marked: false },
      { at: 12, text: 'نار', marked: true },
      { at: 15, text: ' قف', marked: false },
    ]);
  });

  it('is whole where nothing in it is marked, and keeps what a mark cuts off', () => {
    expect(of('abc', 0, [])).toEqual([{ at: 0, text: 'abc', marked: false }]);
    expect(of('abc', 0, [[1, 9]])).toEqual([
      { at: 0, text: 'a', marked: false },
      { at: 1, text: 'bc', marked: true },
    ]);
  });
});
