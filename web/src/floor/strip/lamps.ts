// Lamps: how each line and the record stand, told by shape, colour and word together. Pure.

import type { PeerView, RecordView } from '../../data/floor';

/** good: as it should be · unknown: not reachable, and why is not known · trouble: a cause is named · alarm: act now. */
export type LampTone = 'good' | 'unknown' | 'trouble' | 'alarm';

export function peerTone(peer: PeerView): LampTone {
  if (peer.line === 'open') return 'good';
  return peer.cause === null ? 'unknown' : 'trouble';
}

export function recordTone(record: RecordView): LampTone {
  if (record.state === 'agreed') return 'good';
  return record.state === 'split' ? 'alarm' : 'trouble';
}

/** Members other than the node's own, in an order that turns by one each day, so that none is always first. */
export function rotated<One>(members: readonly One[], nowMs: number): readonly One[] {
  const turn = members.length === 0 ? 0 : Math.floor(nowMs / 86_400_000) % members.length;
  return [...members.slice(turn), ...members.slice(0, turn)];
}
