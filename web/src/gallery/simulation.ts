// SIMULATION: data that no state said, for the gallery and its pictures. Three members that do not exist; what one party does
// in it, the other does as often.

import type { FloorView, LadderView, LineStatement, RunningClock, UserText } from '../data/floor';
import { RUNGS } from '../data/floor';

/** The moment at which every picture of the gallery is taken. */
export const MOMENT_MS = Date.UTC(2026, 10, 25, 2, 4, 37);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const en = (text: string): UserText => ({ language: 'en', text });
const ar = (text: string): UserText => ({ language: 'ar', text });
const he = (text: string): UserText => ({ language: 'he', text });
const ago = (ms: number): number => MOMENT_MS - ms;
const ahead = (ms: number): number => MOMENT_MS + ms;

const CLOCKS: readonly RunningClock[] = [
  {
    reference: 'BBB 118',
    desk: 'line',
    precedence: 'FLASH',
    author: 'BBB',
    owedBy: 'AAA',
    subject: he('תרגיל: ירי תאורה ליד הגשר הצפוני, אין כוונה עוינת'),
    startedMs: ago(12 * MINUTE),
    dueMs: ago(2 * MINUTE + 9 * SECOND),
    next: 'acknowledge',
  },
  {
    reference: 'AAA 96',
    desk: 'line',
    precedence: 'IMMEDIATE',
    author: 'AAA',
    owedBy: 'BBB',
    subject: ar('تمرين: دورية هندسية تتأخر ساعة واحدة عن موعدها'),
    startedMs: ago(17 * MINUTE),
    dueMs: ahead(12 * MINUTE + 41 * SECOND),
    next: 'acknowledge',
  },
  {
    reference: 'BBB 111',
    desk: 'de-escalation',
    precedence: 'PRIORITY',
    author: 'BBB',
    owedBy: 'AAA',
    subject: en('SIMULATION: notice of a helicopter flight, ceiling 900 m above mean sea level'),
    startedMs: ago(50 * MINUTE),
    dueMs: ahead(2 * HOUR + 10 * MINUTE),
    next: 'read-back',
  },
  {
    reference: 'FAC 40',
    desk: 'disputes',
    precedence: 'ROUTINE',
    author: 'FAC',
    owedBy: 'AAA',
    subject: en('SIMULATION: the facilitator asks both sides for their account of the incident at the north bridge'),
    startedMs: ago(3 * HOUR),
    dueMs: ahead(21 * HOUR),
    next: 'answer',
  },
  {
    reference: 'AAA 90',
    desk: 'undertakings',
    precedence: 'ROUTINE',
    author: 'AAA',
    owedBy: 'FAC',
    subject: ar('تمرين: تأكيد المرحلة الثانية من التعهد'),
    startedMs: ago(30 * HOUR),
    dueMs: ahead(42 * HOUR),
    next: 'confirm',
  },
];

export const FLOOR: FloorView = {
  asOfMs: MOMENT_MS,
  node: 'AAA',
  mechanism: en('Joint mechanism (SIMULATION)'),
  banner: 'SIMULATION: not an act of any state',
  viewer: { member: 'AAA', position: 'duty-1', role: 'party' },
  members: [
    { code: 'AAA', name: en('First party (SIMULATION)'), role: 'party', zone: 'Etc/GMT-3' },
    { code: 'BBB', name: en('Second party (SIMULATION)'), role: 'party', zone: 'Etc/GMT-2' },
    { code: 'FAC', name: en('Facilitator (SIMULATION)'), role: 'facilitator', zone: null },
  ],
  peers: [
    { code: 'BBB', line: 'open', sinceMs: ago(9 * HOUR), cause: null },
    { code: 'FAC', line: 'closed', sinceMs: ago(6 * MINUTE), cause: null },
  ],
  record: { state: 'agreed', logs: [], queued: 0 },
  desks: [
    { desk: 'line', running: 2, missed: 1 },
    { desk: 'de-escalation', running: 1, missed: 0 },
    { desk: 'disputes', running: 1, missed: 0 },
    { desk: 'undertakings', running: 1, missed: 0 },
    { desk: 'talks', running: 0, missed: 0 },
    { desk: 'commerce', running: 0, missed: 0 },
    { desk: 'supervision', running: 0, missed: 0 },
  ],
  clocks: CLOCKS,
  canStop: true,
};

/** The same floor with everything that can be wrong with lines and record. */
export const TROUBLED: FloorView = {
  ...FLOOR,
  peers: [
    {
      code: 'BBB',
      line: 'closed',
      sinceMs: ago(42 * MINUTE),
      cause: { text: en('power cut at the site (SIMULATION)'), evidence: 'BBB 117' },
    },
    { code: 'FAC', line: 'closed', sinceMs: ago(6 * MINUTE), cause: null },
  ],
  record: { state: 'split', logs: ['BBB'], queued: 0 },
  canStop: false,
  viewer: null,
};

export const QUIET: FloorView = {
  ...FLOOR,
  clocks: [],
  desks: FLOOR.desks.map((desk) => ({ ...desk, running: 0, missed: 0 })),
};

function ladder(addressee: string, reachedMs: readonly number[], due: readonly (number | null)[] = []): LadderView {
  return {
    addressee,
    rungs: RUNGS.map((rung, at) => ({ rung, atMs: reachedMs[at] ?? null, dueMs: due[at] ?? null })),
  };
}

const none = null;

export const LINE: readonly LineStatement[] = [
  {
    reference: 'FAC 39',
    kind: 'message',
    precedence: 'ROUTINE',
    author: 'FAC',
    position: 'supervision-1',
    addressees: ['AAA', 'BBB'],
    recordedMs: ago(3 * HOUR + 4 * MINUTE),
    original: en(
      'SIMULATION. Handover of the watch at 06:00 UTC. Both sides please confirm the names of the positions on duty.',
    ),
    rendition: null,
    provisional: false,
    void: null,
    ladders: [
      ladder('AAA', [3.06 * HOUR, 3.06 * HOUR, 3.02 * HOUR, 2.9 * HOUR].map(ago)),
      ladder('BBB', [3.06 * HOUR, 3.05 * HOUR, 3.01 * HOUR, 2.8 * HOUR].map(ago)),
    ],
  },
  {
    reference: 'AAA 96',
    kind: 'message',
    precedence: 'IMMEDIATE',
    author: 'AAA',
    position: 'duty-1',
    addressees: ['BBB'],
    recordedMs: ago(17 * MINUTE),
    original: ar(
      'تمرين. تتأخر الدورية الهندسية رقم 4 ساعة واحدة. الوقت الجديد 05:30 بالتوقيت العالمي UTC. لا تغيير في المنطقة.',
    ),
    rendition: {
      ...he('תרגיל. הסיור ההנדסי מס׳ 4 מתעכב בשעה אחת. השעה החדשה 05:30 UTC. אין שינוי באזור.'),
      standing: 'checked',
    },
    provisional: true,
    void: null,
    ladders: [
      ladder('BBB', [17 * MINUTE, 17 * MINUTE, 15 * MINUTE].map(ago), [
        none,
        none,
        none,
        ahead(12 * MINUTE + 41 * SECOND),
      ]),
    ],
  },
  {
    reference: 'BBB 118',
    kind: 'message',
    precedence: 'FLASH',
    author: 'BBB',
    position: 'duty-2',
    addressees: ['AAA'],
    recordedMs: ago(12 * MINUTE),
    original: he('תרגיל. ירי תאורה ליד הגשר הצפוני עד 02:30 UTC. אין כוונה עוינת. נא לאשר מיד.'),
    rendition: {
      ...ar('تمرين. إطلاق قنابل إنارة قرب الجسر الشمالي حتى 02:30 UTC. لا نية عدائية. يرجى الإقرار فوراً.'),
      standing: 'certified',
    },
    provisional: true,
    void: null,
    ladders: [
      ladder('AAA', [12 * MINUTE, 12 * MINUTE, 11 * MINUTE].map(ago), [
        none,
        none,
        none,
        ago(2 * MINUTE + 9 * SECOND),
        none,
        none,
      ]),
    ],
  },
];

/** Statements that show every standing a statement can have. */
export const ODD: readonly LineStatement[] = [
  {
    ...(LINE[2] as LineStatement),
    reference: 'BBB 119',
    precedence: 'PRIORITY',
    void: en("'watch' does not cover the kind 'resume' (SIMULATION)"),
    rendition: {
      ...en('SIMULATION. \u202eoverride\u202c in a text of others, from 0600 to 0800'),
      standing: 'machine',
    },
    provisional: false,
  },
];
