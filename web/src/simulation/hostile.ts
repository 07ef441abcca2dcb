// SIMULATION: statements that a hostile or broken node might send, to see that nothing of them leaves its place on screen.

import type { CaseView, Json } from '../data/wire';
import { caseOf } from './cases';
import { AT_MS, itemOf, ladderOf } from './items';

const TOWER = Array.from('HELLO', (letter) => letter + '\u0300\u0301\u0302\u0303\u0323\u0324'.repeat(20)).join('');
const OVERRIDE = 'SIMULATION \u202eesaec\u202c fire \u2066\u2066\u2066 from 06:00 to 08:00 UTC';
const MIXED = 'תרגיל: fire at (33.1254, 35.8012) مع وقف النار (06:00 UTC)!';
const RAW = '<img src=x onerror=alert(1)><script>alert(2)</script>&lt;b&gt;';

const TEXTS: readonly (readonly [string, Json])[] = [
  ['en', 'W'.repeat(64 * 1024)],
  ['en', TOWER],
  ['', OVERRIDE],
  ['ar', MIXED],
  ['en', RAW],
  ['en', `SIMULATION\n${'line\n'.repeat(400)}`],
];

export const HOSTILE: readonly CaseView[] = [
  ...TEXTS.map(([lang, text], at) => hostile(at, { lang, text })),
  hostile(TEXTS.length, {
    text: 'SIMULATION',
    lang: 'en',
    unit: 'U'.repeat(120),
    ['n'.repeat(400)]: 'v'.repeat(4_000),
    odd: { deep: [[[[{ er: 'x'.repeat(500) }]]]] },
    place: 'nowhere',
    time: 1e15,
    height: [null, null],
  }),
];

function hostile(at: number, content: { readonly [name: string]: Json }): CaseView {
  const reference = `BBB ${9_007_199_254_740_900 + at}`;
  return caseOf('message', [
    itemOf({
      reference,
      case: reference,
      digest: at.toString(16).padStart(64, '0'),
      position: 'a-very-long-name-of-a-position',
      at_ms: AT_MS + at,
      precedence: at % 2 === 0 ? 'FLASH' : 'ROUTINE',
      content,
      questioned: true,
      superseded: at === 1 ? `BBB ${9_007_199_254_740_990}` : null,
      ladders: [ladderOf('AAA', { due_ms: AT_MS })],
      because:
        at === 2
          ? { code: 'x.'.repeat(60), reason: OVERRIDE.repeat(40), arguments: {}, before: reference, unseen: true }
          : null,
    }),
  ]);
}
