// SIMULATION: what three members that do not exist have said to each other, and worlds in which something is wrong. What one
// party does in it, the other does as often.

import type { CaseView, ItemView, LadderView, RungView, SilenceView } from '../data/wire';
import { caseOf } from './cases';
import { HOSTILE } from './hostile';
import { itemOf, ladderOf, readBackOf } from './items';
import type { World } from './node';
import { simulatedRenderings } from './phrasebook';
import { SIMULATED_STATUS } from './status';

/** The moment at which the simulation is held. */
export const MOMENT_MS = Date.UTC(2026, 10, 25, 2, 4, 37);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const ago = (ms: number): number => MOMENT_MS - ms;
const ahead = (ms: number): number => MOMENT_MS + ms;
const digest = (at: number): string => at.toString(16).padStart(64, '0');

const SENT = { en: 'Sent', ar: 'أُرسلت', he: 'נשלחה' };

/** A ladder with its first rungs reached so long ago, from `stored` on. */
function ladder(member: string, reached: readonly number[], dueMs: number, more: Partial<LadderView> = {}): LadderView {
  const names = ['stored', 'shown', 'acknowledged', 'read-back', 'passed-on', 'outcome'];
  const rungs = reached.map((ms, at): RungView => {
    const rung = names[at] ?? '';
    const detail = { 'passed-on': 'E-3', outcome: 'complied' }[rung] ?? '';
    return { rung, at_ms: ago(ms), reference: `${member} ${100 + at}`, position: 'duty-2', detail };
  });
  const passed = rungs.find((one) => one.rung === 'passed-on');
  const confirmed = passed ? { ...passed, rung: 'unit-confirmed', at_ms: passed.at_ms + MINUTE } : null;
  const units = passed
    ? [
        {
          alias: 'E-3',
          passed,
          confirmed,
          confirmed_by: 'E-3 watch',
          how: 'radio',
          confirmed_ms: passed.at_ms + MINUTE,
        },
      ]
    : [];
  return ladderOf(member, { rungs, acknowledged: reached.length > 2, due_ms: dueMs, units, ...more });
}

const opened = (item: Partial<ItemView> & { readonly reference: string }, more: Partial<CaseView> = {}) => {
  const whole = itemOf({ case: item.reference, digest: digest(Number(item.reference.split(' ')[1])), ...item });
  const { state = 'sent', state_title: title = SENT } = more;
  const entered = [{ state, title, by: whole.reference, at_ms: whole.at_ms }];
  return caseOf(whole.kind, [whole], { entered, ...more });
};

const HANDOVER = opened({
  reference: 'FAC 39',
  author: 'FAC',
  position: 'supervision-1',
  addressees: ['AAA', 'BBB'],
  at_ms: ago(3 * HOUR + 4 * MINUTE),
  content: {
    lang: 'en',
    text: 'SIMULATION. Handover of the watch at 06:00 UTC. Both sides please confirm the positions on duty.',
  },
  ladders: [
    ladder('AAA', [3.06 * HOUR, 3.05 * HOUR, 2.9 * HOUR], ahead(3 * HOUR)),
    ladder('BBB', [3.06 * HOUR, 3.04 * HOUR, 2.8 * HOUR], ahead(3 * HOUR)),
  ],
});

const PATROL: CaseView = caseOf(
  'message',
  [
    itemOf({
      reference: 'AAA 96',
      case: 'AAA 96',
      digest: digest(96),
      author: 'AAA',
      position: 'duty-1',
      precedence: 'IMMEDIATE',
      addressees: ['BBB'],
      at_ms: ago(17 * MINUTE),
      content: {
        lang: 'ar',
        text: 'تمرين. تتأخر الدورية الهندسية رقم 4 ساعة واحدة. الوقت الجديد 05:30 بالتوقيت العالمي UTC. لا تغيير في المنطقة.',
        unit: 'E-3',
      },
      critical: readBackOf('unit'),
      renditions: ['BBB 112'],
      questioned: true,
      ladders: [ladder('BBB', [17 * MINUTE, 15 * MINUTE], ahead(12 * MINUTE + 41 * SECOND))],
    }),
    itemOf({
      reference: 'BBB 112',
      case: 'AAA 96',
      digest: digest(112),
      kind: 'rendition',
      about: ['AAA 96'],
      at_ms: ago(14 * MINUTE),
      content: {
        lang: 'he',
        text: 'תרגיל. הסיור ההנדסי מס׳ 4 מתעכב בשעה אחת. השעה החדשה 05:30 UTC. אין שינוי באזור.',
        translator: 'duty-2',
        checker: 'duty-3',
      },
    }),
    itemOf({
      reference: 'BBB 113',
      case: 'AAA 96',
      digest: digest(113),
      kind: 'clarification',
      about: ['AAA 96'],
      precedence: 'IMMEDIATE',
      at_ms: ago(13 * MINUTE),
      content: { stage: 'asked', lang: 'he', text: 'תרגיל. באיזה נתיב תנוע הסיור?' },
    }),
  ],
  {
    state_title: SENT,
    clarifications: [
      {
        about: 'AAA 96',
        asker: 'BBB',
        opened: 'BBB 113',
        opened_ms: ago(13 * MINUTE),
        fields: [],
        answers: [],
        closed: null,
      },
    ],
  },
);

const slots = {
  objects: [2, 'helicopter'],
  place: [331_254_000, 358_012_000, 'OP-4'],
  direction: 'north',
  time: ago(21 * MINUTE),
};
const UNIDENTIFIED = opened({
  reference: 'AAA 94',
  author: 'AAA',
  position: 'duty-1',
  precedence: 'FLASH',
  addressees: ['BBB'],
  at_ms: ago(20 * MINUTE),
  content: { phrase: { id: 'warning.unidentified', slots } },
  phrase: simulatedRenderings('warning.unidentified', slots),
  ladders: [ladder('BBB', [20 * MINUTE, 19 * MINUTE, 18 * MINUTE], ago(10 * MINUTE))],
});

const ILLUMINATION = opened({
  reference: 'BBB 118',
  precedence: 'FLASH',
  at_ms: ago(12 * MINUTE),
  content: {
    lang: 'he',
    text: 'תרגיל. ירי תאורה ליד הגשר הצפוני עד 02:30 UTC. אין כוונה עוינת. נא לאשר מיד.',
    time: Date.UTC(2026, 10, 25, 2, 30),
    place: [331_254_000, 358_012_000],
  },
  critical: readBackOf('time', 'place'),
  ladders: [ladder('AAA', [12 * MINUTE, 11 * MINUTE], ago(2 * MINUTE + 9 * SECOND))],
});

const TOO_LATE: CaseView = caseOf(
  'message',
  [
    itemOf({
      reference: 'BBB 109',
      case: 'BBB 109',
      digest: digest(109),
      precedence: 'PRIORITY',
      at_ms: ago(32 * MINUTE),
      content: { lang: 'en', text: 'SIMULATION. The water line at the east road is shut until 04:00 UTC.' },
      superseded: 'BBB 110',
      ladders: [ladder('AAA', [32 * MINUTE, 31 * MINUTE, 30 * MINUTE], ahead(2 * HOUR))],
    }),
    itemOf({
      reference: 'BBB 110',
      case: 'BBB 109',
      digest: digest(110),
      kind: 'correction',
      about: ['BBB 109'],
      precedence: 'PRIORITY',
      at_ms: ago(29 * MINUTE),
      content: { lang: 'en', text: 'SIMULATION. The water line at the east road is shut until 05:00 UTC.' },
      ladders: [ladder('AAA', [29 * MINUTE], ahead(2 * HOUR + 31 * MINUTE))],
    }),
    itemOf({
      reference: 'AAA 93',
      case: 'BBB 109',
      digest: digest(93),
      author: 'AAA',
      position: 'duty-1',
      kind: 'close',
      addressees: ['BBB'],
      at_ms: ago(28 * MINUTE),
      content: {},
      because: {
        code: 'move.not-yours',
        reason: "it is not this member's to say close here",
        arguments: { kind: 'close' },
        before: null,
        unseen: false,
      },
    }),
  ],
  { state_title: SENT },
);

const ORDER = [HANDOVER, TOO_LATE, UNIDENTIFIED, PATROL, ILLUMINATION];

const STOP_BY_BBB = opened(
  {
    reference: 'BBB 120',
    kind: 'stop',
    precedence: 'FLASH',
    addressees: ['AAA', 'FAC'],
    at_ms: ago(50 * SECOND),
    content: {
      activity: 'fire',
      area: {
        polygon: [
          [331_254_000, 358_012_000],
          [331_354_000, 358_112_000],
          [331_204_000, 358_152_000],
        ],
      },
      floor: [0, 'AGL'],
      ceiling: [91_440, 'AMSL'],
      until: Date.UTC(2026, 10, 25, 8, 15),
    },
    critical: readBackOf('activity', 'area', 'floor', 'ceiling', 'until'),
    ladders: [
      ladder('AAA', [49 * SECOND], ahead(9 * MINUTE)),
      ladder('FAC', [49 * SECOND, 40 * SECOND, 31 * SECOND], ahead(9 * MINUTE)),
    ],
  },
  { state: 'called', state_title: { en: 'Called', ar: 'أُطلق النداء', he: 'נקרא' } },
);

const STOP_BY_AAA = opened(
  {
    reference: 'AAA 101',
    author: 'AAA',
    position: 'duty-1',
    kind: 'stop',
    precedence: 'FLASH',
    addressees: ['BBB', 'FAC'],
    at_ms: ago(31 * MINUTE),
    content: {
      activity: 'air',
      area: { circle: [330_904_000, 357_612_000, 3_000] },
      until: Date.UTC(2026, 10, 25, 3, 0),
    },
    critical: readBackOf('activity', 'area', 'until'),
    ladders: [
      ladder(
        'BBB',
        [31 * MINUTE, 30.8 * MINUTE, 30.5 * MINUTE, 29 * MINUTE, 27 * MINUTE, 20 * MINUTE],
        ago(21 * MINUTE),
      ),
      ladder('FAC', [31 * MINUTE, 30.5 * MINUTE, 30 * MINUTE], ago(21 * MINUTE)),
    ],
  },
  { state: 'taken', state_title: { en: 'Taken', ar: 'استُلم', he: 'נקלט' } },
);

const SUSPENSION = opened(
  {
    reference: 'BBB 121',
    kind: 'suspend',
    position: 'head',
    at_ms: ago(2 * HOUR),
    content: {
      scope: 'named',
      kinds: ['message', 'quotation'],
      lang: 'he',
      reason: 'תרגיל. השעיית הודעות שאינן דחופות עד לבירור.',
      terms: 'תרגיל. חידוש עם מענה לבירור.',
    },
    ladders: [ladder('AAA', [2 * HOUR, 1.9 * HOUR, 1.8 * HOUR], ahead(HOUR))],
  },
  { state: 'in-force', state_title: { en: 'Suspended', ar: 'معلّق', he: 'מושעה' } },
);

const PROOF = opened(
  { reference: 'BBB 122', kind: 'proof', at_ms: ago(90 * SECOND), content: {} },
  { state: 'asked', state_title: { en: 'Asked', ar: 'طُلب', he: 'התבקשה' } },
);

const WORKS = opened(
  {
    reference: 'BBB 105',
    kind: 'works-notice',
    precedence: 'PRIORITY',
    at_ms: ago(HOUR),
    content: {
      subject: 'Water line at the east road (SIMULATION)',
      what: 'SIMULATION. Repair of the water line, with two vehicles.',
      lang: 'en',
      start: ahead(6 * HOUR),
      lasts: 4 * HOUR,
      area: { circle: [331_254_000, 358_012_000, 800] },
      meeting: [331_254_000, 358_012_000],
      ceiling: [3_000, 'AGL'],
      sort: 'works',
      persons: 12,
      with: ['AAA'],
      escorted: true,
    },
    critical: readBackOf('start', 'meeting', 'area', 'ceiling'),
    ladders: [ladder('AAA', [HOUR, 55 * MINUTE], ahead(2 * HOUR))],
  },
  { desk: 'works', state: 'filed', state_title: { en: 'Filed', ar: 'قُدّم', he: 'הוגש' } },
);

const REACHED: readonly SilenceView[] = ['BBB', 'FAC'].map((code) => ({
  code,
  standing: 'reachable',
  cause: 'none',
  since_ms: ago(9 * HOUR),
  evidence: [{ code: 'line.open', at_ms: ago(9 * HOUR), by: 'AAA', arguments: {} }],
}));

const AWAY: readonly SilenceView[] = [
  {
    code: 'BBB',
    standing: 'unreachable',
    cause: 'link',
    since_ms: ago(42 * MINUTE),
    evidence: [
      { code: 'line.closed', at_ms: ago(42 * MINUTE), by: 'AAA', arguments: {} },
      { code: 'node.heard', at_ms: ago(43 * MINUTE), by: 'AAA', arguments: {} },
      { code: 'other.reaches', at_ms: ago(8 * SECOND), by: 'FAC', arguments: {} },
    ],
  },
  {
    code: 'FAC',
    standing: 'silent',
    cause: 'desk',
    since_ms: ago(6 * MINUTE),
    evidence: [
      { code: 'line.open', at_ms: ago(9 * HOUR), by: 'AAA', arguments: {} },
      { code: 'human.unmet', at_ms: ago(6 * MINUTE), by: 'FAC', arguments: { reference: 'AAA 96' } },
    ],
  },
];

const FORK = {
  log: 'BBB',
  first: 'parley/5a5a5a5a5a5a5a5a/BBB\n120\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  second: 'parley/5a5a5a5a5a5a5a5a/BBB\n120\nypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\n',
  noticed_ms: ago(4 * MINUTE),
  told_by: 'FAC',
};

const quiet: World = {
  nowMs: () => MOMENT_MS,
  cases: [],
  silence: REACHED,
  status: SIMULATED_STATUS,
  manner: 'answers',
};
const usual: World = { ...quiet, cases: [...ORDER, WORKS] };

export const WORLDS = {
  floor: usual,
  stop: { ...usual, cases: [STOP_BY_BBB, STOP_BY_AAA, PROOF, ...ORDER] },
  trouble: {
    ...usual,
    cases: [SUSPENSION, ...ORDER],
    silence: AWAY,
    status: { ...SIMULATED_STATUS, forks: [FORK] },
  },
  hostile: { ...quiet, cases: HOSTILE },
  empty: quiet,
  loading: { ...quiet, manner: 'silent' },
  stale: usual,
  offline: { ...usual, manner: 'lost' },
  error: { ...quiet, manner: 'refuses' },
} as const satisfies Readonly<Record<string, World>>;

export type WorldName = keyof typeof WORLDS;
