// The record: the node's status, entries, where a statement came to stand.

import type { JsonFields, PrecedenceName } from './basics';

export interface LogStatus {
  readonly code: string;
  readonly size: number;
  readonly root: string;
  readonly verified: number;
  readonly waiting: number;
  readonly missing: number;
  readonly branches: number;
}

export interface PeerStatus {
  readonly code: string;
  readonly line: string;
  readonly reaches: readonly string[];
  readonly holds: Readonly<Record<string, number>>;
  readonly offset_ms: number | null;
  readonly round_trip_ms: number | null;
  readonly clock_warning: boolean;
  readonly note: string | null;
}

export interface ForkStatus {
  readonly log: string;
  readonly first: string;
  readonly second: string;
  readonly noticed_ms: number;
  readonly told_by: string;
}

/** The feed of this member's TAK screens: where to, whether it is switched on, why what was sent last did not leave. */
export interface TakStatus {
  readonly address: string;
  readonly on: boolean;
  readonly fault: string | null;
}

export interface NodeStatus {
  readonly banner: string | null;
  readonly mechanism: string;
  readonly name: string;
  readonly code: string;
  readonly signing: boolean;
  readonly signing_note: string | null;
  readonly queued: number;
  readonly logs: readonly LogStatus[];
  readonly peers: readonly PeerStatus[];
  readonly forks: readonly ForkStatus[];
  /** Null where no TAK screens are set. */
  readonly tak: TakStatus | null;
}

export interface ReceiptView {
  readonly holder: string;
  readonly reference: string;
  readonly at_ms: number;
}

export interface EntryView {
  readonly reference: string;
  readonly letter: string;
  readonly log: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly clock: number;
  readonly standing: 'final' | 'provisional' | 'fork';
  readonly receipt: boolean;
  readonly author: string | null;
  readonly kind: string | null;
  readonly precedence: PrecedenceName | null;
  readonly addressees: readonly string[];
  readonly case: string | null;
  readonly void: string | null;
  readonly sight: string | null;
  readonly content: JsonFields | null;
  readonly receipts: readonly ReceiptView[];
}

export interface EntryPage {
  readonly banner: string | null;
  readonly entries: readonly EntryView[];
  readonly next: string | null;
}

export interface Recorded {
  readonly reference: string;
  readonly log: string;
  readonly seq: number;
  readonly digest: string;
}
