import { describe, expect, it } from 'vitest';
import type { SilenceView } from '../../data/wire';
import { SIMULATED_STATUS } from '../../simulation/status';
import { peerTone, recordModel, recordTone, rotated } from './lamps';

const peer: SilenceView = { code: 'BBB', standing: 'reachable', cause: 'none', since_ms: 0, evidence: [] };

describe('a lamp', () => {
  it('does not guess: a closed line without a cause is unknown, not trouble', () => {
    expect(peerTone(peer)).toBe('good');
    expect(peerTone({ ...peer, standing: 'unreachable', cause: 'unknown' })).toBe('unknown');
    expect(peerTone({ ...peer, standing: 'unreachable', cause: 'link' })).toBe('trouble');
  });

  it('of a member whose node answers but whose desk does not is no good lamp', () => {
    expect(peerTone({ ...peer, standing: 'silent', cause: 'desk' })).toBe('trouble');
    expect(peerTone({ ...peer, cause: 'refused' })).toBe('trouble');
  });

  it('of the record is an alarm only where a log is split', () => {
    const fork = { log: 'BBB', first: '', second: '', noticed_ms: 0, told_by: 'FAC' };
    const toneOf = (more: object) => recordTone(recordModel({ ...SIMULATED_STATUS, ...more }));
    expect(toneOf({})).toBe('good');
    expect(toneOf({ signing: false })).toBe('trouble');
    expect(toneOf({ forks: [fork, fork] })).toBe('alarm');
    const behind = SIMULATED_STATUS.logs.map((log) => ({ ...log, missing: 1 }));
    expect(recordModel({ ...SIMULATED_STATUS, logs: behind })).toMatchObject({
      state: 'catching-up',
      logs: ['AAA', 'BBB', 'FAC'],
    });
  });
});

describe('the order of members', () => {
  it('turns by one a day, so that each is first as often as the others', () => {
    const days = [0, 1, 2, 3].map((day) => rotated(['AAA', 'BBB', 'FAC'], day * 86_400_000)[0]);
    expect(days).toEqual(['AAA', 'BBB', 'FAC', 'AAA']);
    expect(rotated([], 5)).toEqual([]);
  });
});
