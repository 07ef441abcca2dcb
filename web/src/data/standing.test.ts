import { describe, expect, it } from 'vitest';
import { Problem } from './problem';
import { STALE_AFTER_MS, shown, standingOf } from './standing';

const asked = (value: string | undefined, error: Error | null = null) => ({ value, gotAtMs: 1000, error });

describe('data on screen', () => {
  it('is fresh, then stale with its age, never silently old', () => {
    expect(standingOf(asked('x'), true, 2000).state).toBe('fresh');
    expect(standingOf(asked('x'), true, 1000 + STALE_AFTER_MS)).toEqual({ state: 'fresh', value: 'x' });
    expect(standingOf(asked('x'), true, 1001 + STALE_AFTER_MS)).toEqual({
      state: 'stale',
      value: 'x',
      ageMs: STALE_AFTER_MS + 1,
    });
  });

  it('is stale at once where asking again failed', () => {
    expect(standingOf(asked('x', new Error('no')), true, 2000).state).toBe('stale');
  });

  it('is offline when the line is lost, with what is left and its age', () => {
    expect(standingOf(asked('x'), false, 4000)).toEqual({ state: 'offline', value: 'x', ageMs: 3000 });
    expect(standingOf(asked(undefined), false, 4000)).toEqual({ state: 'offline', value: null, ageMs: null });
  });

  it('is loading, or an error with its code and rule, where there is nothing to show', () => {
    expect(standingOf(asked(undefined), true, 0).state).toBe('loading');
    const refused = standingOf(
      asked(undefined, new Problem({ code: 'api.host', reason: 'no', rule: 'ask for 127.0.0.1' })),
      true,
      0,
    );
    expect(refused).toEqual({ state: 'error', code: 'api.host', reason: 'no', rule: 'ask for 127.0.0.1' });
    expect(shown(refused)).toBeNull();
  });

  it('from a clock that went back is not of negative age', () => {
    expect(standingOf(asked('x'), false, 0)).toMatchObject({ ageMs: 0 });
  });
});
