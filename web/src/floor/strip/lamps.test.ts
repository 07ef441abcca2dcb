import { describe, expect, it } from 'vitest';
import type { PeerView } from '../../data/floor';
import { peerTone, recordTone, rotated } from './lamps';

const peer: PeerView = { code: 'BBB', line: 'open', sinceMs: 0, cause: null };
const cause = { text: { language: 'en', text: 'power cut' }, evidence: 'BBB 7' };

describe('a lamp', () => {
  it('does not guess: a closed line without a cause is unknown, not trouble', () => {
    expect(peerTone(peer)).toBe('good');
    expect(peerTone({ ...peer, line: 'closed' })).toBe('unknown');
    expect(peerTone({ ...peer, line: 'closed', cause })).toBe('trouble');
  });

  it('of the record is an alarm only where a log is split', () => {
    const record = { logs: [], queued: 0 };
    expect(recordTone({ ...record, state: 'agreed' })).toBe('good');
    expect(recordTone({ ...record, state: 'catching-up' })).toBe('trouble');
    expect(recordTone({ ...record, state: 'split' })).toBe('alarm');
  });
});

describe('the order of members', () => {
  it('turns by one a day, so that each is first as often as the others', () => {
    const days = [0, 1, 2, 3].map((day) => rotated(['AAA', 'BBB', 'FAC'], day * 86_400_000)[0]);
    expect(days).toEqual(['AAA', 'BBB', 'FAC', 'AAA']);
    expect(rotated([], 5)).toEqual([]);
  });
});
