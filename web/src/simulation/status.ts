// SIMULATION: what a node in good order says of itself.

import type { NodeStatus } from '../data/wire';

const log = (code: string, size: number) => ({
  code,
  size,
  root: '00'.repeat(32),
  verified: size,
  waiting: 0,
  missing: 0,
  branches: 1,
});

const peer = (code: string) => ({
  code,
  line: 'open',
  reaches: [],
  holds: {},
  offset_ms: 12,
  round_trip_ms: 24.5,
  clock_warning: false,
  note: null,
});

export const SIMULATED_STATUS: NodeStatus = {
  banner: 'SIMULATION: not an act of any state',
  mechanism: '5a'.repeat(32),
  name: 'Joint mechanism (SIMULATION)',
  code: 'AAA',
  signing: true,
  signing_note: null,
  queued: 0,
  logs: [log('AAA', 104), log('BBB', 121), log('FAC', 44)],
  peers: [peer('BBB'), peer('FAC')],
  forks: [],
  tak: null,
};
