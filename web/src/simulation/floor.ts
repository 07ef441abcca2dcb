// SIMULATION: a mechanism of three members that do not exist, as a node of AAA tells it. Desks are as the program declares
// them; everything else is invented.

import type { Desk, FloorView, Kind, KindRuleView, OfficerView, SessionView } from '../data/wire';
import declared from '../vectors/desks.json';
import proofs from '../vectors/proofs.json';
import { OTHER_DESK } from './otherDesk';

const LINE = declared.desks as unknown as readonly Desk[];
const HANDLING = declared.handling as unknown as readonly Kind[];

const EVERY_CHANNEL = [1, 2, 3];
const ABOVE_WATCH = new Set(['suspend', 'resume']);

function ruleOf(kind: Kind, desk: string): KindRuleView {
  const mandates = ABOVE_WATCH.has(kind.name) ? ['release'] : ['watch', 'release', 'supervision'];
  const channels = kind.name === 'message' || desk === 'handling' ? EVERY_CHANNEL : [1];
  return { name: kind.name, version: kind.version, desk, channels, mandates, countersigned_by: [] };
}

const DESKS: readonly Desk[] = [...LINE, OTHER_DESK];

export const SIMULATED_FLOOR: FloorView = {
  banner: 'SIMULATION: not an act of any state',
  mechanism: proofs[0]?.report.mechanism ?? '',
  name: 'Joint mechanism (SIMULATION)',
  description: 'SIMULATION: not an act of any state.',
  charter_version: 1,
  me: { code: 'AAA', ordinal: 0, log: 'AAA' },
  members: [
    { code: 'AAA', ordinal: 0, name: 'First party (SIMULATION)', role: 'party', languages: ['ar', 'en'] },
    { code: 'BBB', ordinal: 1, name: 'Second party (SIMULATION)', role: 'party', languages: ['he', 'en'] },
    { code: 'FAC', ordinal: 2, name: 'Facilitator (SIMULATION)', role: 'facilitator', languages: ['en'] },
  ],
  languages: ['ar', 'en', 'he'],
  channels: [
    channel(1, 'line', 'The line between all members', ['AAA', 'BBB', 'FAC']),
    channel(2, 'caucus-aaa', 'Caucus of AAA and the facilitator', ['AAA', 'FAC']),
    channel(3, 'caucus-bbb', 'Caucus of BBB and the facilitator', ['BBB', 'FAC']),
  ],
  kinds: [
    ...DESKS.flatMap((desk) => desk.kinds.map((kind) => ruleOf(kind, desk.name))),
    ...HANDLING.map((kind) => ruleOf(kind, 'handling')),
  ],
  mandates: [
    { name: 'watch', title: 'Duty officer of the watch', ceiling: 'FLASH' },
    { name: 'release', title: 'Release authority', ceiling: 'FLASH' },
    { name: 'supervision', title: 'Officer of the facilitator', ceiling: 'FLASH' },
  ],
  clocks: {
    acknowledge_ms: { ROUTINE: 21_600_000, PRIORITY: 10_800_000, IMMEDIATE: 1_800_000, FLASH: 600_000 },
    alternates_ms: [60_000, 120_000, 180_000],
    facilitator_ms: 300_000,
    desk_ms: {},
  },
  on_duty: { mandates: ['supervision'], grants: ['watch'], new_positions: false },
  emergency: [
    {
      kinds: ['suspend', 'resume'],
      mandates: ['watch'],
      authority: ['release'],
      ceiling: 'FLASH',
      tried_ms: 600_000,
      confirm_ms: 43_200_000,
    },
  ],
  desks: DESKS,
  handling: HANDLING,
  units: ['E-3', 'E-4', 'OP4'],
};

export const SIMULATED_SESSION: SessionView = {
  member: 'AAA',
  position: 'duty-1',
  kid: '0123456789abcdef',
  mandates: [{ name: 'watch', title: 'Duty officer of the watch', ceiling: 'FLASH' }],
  since_ms: Date.UTC(2026, 10, 24, 22, 0, 0),
};

export const SIMULATED_OFFICERS: readonly OfficerView[] = [
  { position: 'duty-1', kid: SIMULATED_SESSION.kid, mandates: ['watch'], enrolled: 'AAA 3' },
  { position: 'duty-2', kid: 'fedcba9876543210', mandates: ['watch', 'release'], enrolled: 'AAA 4' },
];

function channel(index: number, name: string, title: string, content: readonly string[]) {
  return { index, name, title, content, statement: content, addressed_only: false };
}
