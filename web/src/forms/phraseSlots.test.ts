import { describe, expect, it } from 'vitest';
import { SIMULATED_PHRASEBOOK } from '../simulation/phrasebook';
import { FIRST_CONVENTIONS } from './conventions';
import { isTooLong, wordCount } from './guarding';
import { blankSlots, readSlots, type SlotEntries } from './phraseSlots';
import { writePlace } from './place';

const book = SIMULATED_PHRASEBOOK;
const now = Date.UTC(2026, 10, 25, 2, 0);

function phrase(id: string) {
  const found = book.phrases.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return { found, blank: blankSlots(found, book, FIRST_CONVENTIONS, now) };
}

const text = (value: string, code = '') => ({ entry: { kind: 'text' as const, text: value }, code });

describe('a phrase', () => {
  it('is nothing as long as a blank is left', () => {
    const { found, blank } = phrase('warning.unidentified');
    expect(readSlots(found, book, blank)).toMatchObject({ slots: null, faults: { place: 'missing', time: 'missing' } });
  });

  it('is signed in the one form of each slot', () => {
    const { found, blank } = phrase('warning.unidentified');
    const entries: SlotEntries = {
      objects: text('2', 'helicopter'),
      place: { entry: { kind: 'place', place: writePlace([331_254_000, 358_012_000], 'degrees') }, code: 'op-4' },
      direction: text('north'),
      time: {
        ...blank['time'],
        entry: { kind: 'instant', instant: { day: '25', month: '11', year: '2026', time: '01:58', zone: null } },
        code: '',
      },
    };
    expect(readSlots(found, book, entries)).toEqual({
      slots: {
        objects: [2, 'helicopter'],
        place: [331_254_000, 358_012_000, 'OP-4'],
        direction: 'north',
        time: Date.UTC(2026, 10, 25, 1, 58),
      },
      faults: {},
    });
  });

  it.each([
    ['distance', text('1500'), 1500],
    ['bearing', text('045.5°'), 4550],
    ['bearing', text('360'), null],
    ['delay', { entry: { kind: 'span' as const, amount: '2', unit: 'hours' as const }, code: '' }, 120],
    ['unit', text('e-3'), 'E-3'],
    ['unit', text('3e'), null],
    ['objects', text('0', 'helicopter'), null],
    ['objects', text('2'), null],
  ])('%s: %o is %o', (slot, entry, wanted) => {
    const only = {
      id: 'x.y',
      category: 'x',
      precedence: 'ROUTINE',
      kinds: [],
      titles: {},
      outlines: {},
      slots: [slot],
    };
    const { slots } = readSlots(only as never, book, { [slot]: entry });
    expect(slots?.[slot] ?? null).toBe(wanted);
  });

  it('with a height keeps the unit that it was written in', () => {
    const only = {
      id: 'x.y',
      category: 'x',
      precedence: 'ROUTINE',
      kinds: [],
      titles: {},
      outlines: {},
      slots: ['height'],
    };
    const height = { kind: 'height' as const, height: { amount: '1000', unit: 'ft' as const, datum: 'AMSL' as const } };
    expect(readSlots(only as never, book, { height: { entry: height, code: '' } }).slots).toEqual({
      height: [30_480, 'AMSL', 'ft'],
    });
  });
});

describe('a text', () => {
  it('is counted in words of any script, and is bounded only where it must be short', () => {
    expect([wordCount(''), wordCount('  أوقفوا النار  now ')]).toEqual([0, 3]);
    const long = 'word '.repeat(201);
    expect([isTooLong(long, 'FLASH'), isTooLong(long, 'IMMEDIATE'), isTooLong(long, 'PRIORITY')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
