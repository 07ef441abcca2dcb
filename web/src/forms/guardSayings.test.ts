import { expect, test } from 'vitest';
import codes from '../vectors/guard.json';
import { GUARD_SAYINGS } from './guardSayings';

test('the page knows every flag of the text guard, and no other', () => {
  expect([...GUARD_SAYINGS.keys()].sort()).toEqual([...codes].sort());
});

test('what a saying leaves to be filled in is given', () => {
  for (const { title, instead, figures } of GUARD_SAYINGS.values()) {
    const wanted = [...`${title.message}${instead.message}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(wanted.sort()).toEqual(Object.keys(figures ?? {}).sort());
  }
});
