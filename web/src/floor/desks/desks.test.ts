import { describe, expect, it } from 'vitest';
import { DESKS } from '../../data/floor';
import { deskRows } from './desks';

describe('the desks', () => {
  it('stand always in the same order, whatever order they are told in', () => {
    const rows = deskRows([
      { desk: 'talks', running: 1, missed: 0 },
      { desk: 'line', running: 0, missed: 2 },
    ]);
    expect(rows.map((row) => row.desk)).toEqual(DESKS);
    expect(rows.find((row) => row.desk === 'line')?.tone).toBe('missed');
    expect(rows.find((row) => row.desk === 'talks')?.tone).toBe('running');
  });

  it('that the charter does not open are told as closed; the record is always open', () => {
    const rows = deskRows([]);
    expect(rows.find((row) => row.desk === 'intelligence')?.tone).toBe('closed');
    expect(rows.find((row) => row.desk === 'record')?.tone).toBe('quiet');
  });
});
