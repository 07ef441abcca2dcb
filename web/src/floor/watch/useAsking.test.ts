import { describe, expect, it } from 'vitest';
import { isDue } from './useAsking';

describe('a proof of life', () => {
  it('is asked for once its time has come, and this tab has waited its share', () => {
    expect(isDue(1_000, 999, 0, 0)).toBe(false);
    expect(isDue(100_000, 100_000, 5_000, 0)).toBe(false);
    expect(isDue(100_000, 105_000, 5_000, 0)).toBe(true);
  });

  it('is not asked for again before a minute has gone', () => {
    expect(isDue(100_000, 150_000, 0, 100_000)).toBe(false);
    expect(isDue(100_000, 160_000, 0, 100_000)).toBe(true);
  });

  it('is asked for by nobody where the charter opens none', () => {
    expect(isDue(null, 9_000_000, 0, 0)).toBe(false);
  });
});
