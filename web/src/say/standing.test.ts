import { describe, expect, it } from 'vitest';
import { pleaOf } from '../charter/emergency';
import { indexed } from '../data/floor';
import { SIMULATED_FLOOR, SIMULATED_SESSION } from '../simulation/floor';
import { sayingOpening } from './about';
import { pleading, writtenAs } from './standing';

const floor = indexed(SIMULATED_FLOOR);
const release = { name: 'release', title: 'Release authority', ceiling: 'FLASH' } as const;
const [rule] = SIMULATED_FLOOR.emergency;
if (!rule) throw new Error('no rule');
const NOW_MS = 1_790_000_000_500;

describe('an officer writes', () => {
  it('what a mandate covers, under that mandate', () => {
    expect(writtenAs(floor, SIMULATED_SESSION, 'message', true)).toMatchObject({ standing: 'own', rule: null });
    const authority = { ...SIMULATED_SESSION, mandates: [release] };
    expect(writtenAs(floor, authority, 'suspend', true).standing).toBe('own');
  });

  it('what another must sign, to hand it on', () => {
    const written = writtenAs(floor, SIMULATED_SESSION, 'suspend', false);
    expect(written).toMatchObject({ standing: 'to-hand-on', rule });
    expect(sayingOpening(written.floor, written.session, 'suspend', 'FLASH')?.mandate).toBe('release');
  });

  it('in an emergency in the stead of the authority, under the mandate held, no higher than the charter lets it', () => {
    const capped = indexed({ ...SIMULATED_FLOOR, emergency: [{ ...rule, ceiling: 'PRIORITY' }] });
    const written = writtenAs(capped, SIMULATED_SESSION, 'suspend', true);
    expect(written.standing).toBe('emergency');
    expect(sayingOpening(written.floor, written.session, 'suspend', 'FLASH')).toMatchObject({
      mandate: 'watch',
      precedence: 'PRIORITY',
    });
    expect(floor.rule('suspend')?.mandates).toEqual(['release']);
  });

  it('in nobody’s stead where the charter has no rule for it', () => {
    const without = indexed({ ...SIMULATED_FLOOR, emergency: [] });
    expect(writtenAs(without, SIMULATED_SESSION, 'suspend', true)).toMatchObject({
      standing: 'to-hand-on',
      rule: null,
    });
  });
});

describe('a plea', () => {
  it('tells why, and since when the authority was tried', () => {
    const marking = pleading({ reason: ' no answer from the authority ', minutes: 12 }, rule, NOW_MS);
    expect(pleaOf(marking)).toEqual({ triedSinceS: 1_790_000_000 - 720, reason: 'no answer from the authority' });
    expect(pleaOf(pleading({ reason: 'لا جواب من صاحب الصلاحية', minutes: 10 }, rule, NOW_MS))).not.toBeNull();
  });

  it('is none where the authority was not tried for long enough, or nothing is told', () => {
    expect(pleading({ reason: 'no answer at all', minutes: 9 }, rule, NOW_MS)).toBe('');
    expect(pleading({ reason: 'short', minutes: 12 }, rule, NOW_MS)).toBe('');
    expect(pleading({ reason: 'x'.repeat(101), minutes: 12 }, rule, NOW_MS)).toBe('');
    expect(pleading({ reason: 'turned \u202e round', minutes: 12 }, rule, NOW_MS)).toBe('');
  });
});
