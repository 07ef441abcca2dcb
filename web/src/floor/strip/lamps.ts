// Lamps: what is known of each other member and of the record, told by shape, colour and word together. A cause is shown only
// where the node names one, with its evidence. Pure.

import type { NodeStatus, SilenceView } from '../../data/wire';

/** good: as it should be · unknown: not reachable, and why is not known · trouble: a cause is named · alarm: act now. */
export type LampTone = 'good' | 'unknown' | 'trouble' | 'alarm';

export function peerTone(peer: SilenceView): LampTone {
  if (peer.standing === 'reachable' && peer.cause === 'none') return 'good';
  return peer.cause === 'unknown' ? 'unknown' : 'trouble';
}

/** `split`: two signed histories of one log; `queued`: this node does not sign, so nothing new is in the record. */
export type RecordState = 'agreed' | 'catching-up' | 'queued' | 'split';

export interface RecordModel {
  readonly state: RecordState;
  /** Logs that are split or behind. */
  readonly logs: readonly string[];
  readonly queued: number;
}

export function recordModel(status: NodeStatus): RecordModel {
  const split = [...new Set(status.forks.map((fork) => fork.log))];
  if (split.length > 0) return { state: 'split', logs: split, queued: status.queued };
  if (!status.signing) return { state: 'queued', logs: [], queued: status.queued };
  const behind = status.logs.filter((log) => log.missing > 0 || log.waiting > 0 || log.verified < log.size);
  const logs = behind.map((log) => log.code);
  return { state: logs.length > 0 ? 'catching-up' : 'agreed', logs, queued: status.queued };
}

export function recordTone({ state }: RecordModel): LampTone {
  if (state === 'agreed') return 'good';
  return state === 'split' ? 'alarm' : 'trouble';
}

/** Members other than the node's own, in an order that turns by one each day, so that none is always first. */
export function rotated<One>(members: readonly One[], nowMs: number): readonly One[] {
  const turn = members.length === 0 ? 0 : Math.floor(nowMs / 86_400_000) % members.length;
  return [...members.slice(turn), ...members.slice(0, turn)];
}
