// SIMULATION: search over the cases of the simulated node: all words, wherever they stand, the newest first.

import type { Floor } from '../data/floor';
import type { CaseView, ItemView, SearchHit, SearchPage, SearchQuery } from '../data/wire';
import { isMisheard, letterIn, typedIn } from '../record/references';

export function found(floor: Floor, cases: readonly CaseView[], query: SearchQuery): SearchPage {
  const typed = typedIn(query.text ?? '', floor.codes);
  const wanted = (typed ? typed.reference : (query.text ?? '')).toLowerCase().split(/\s+/).filter(Boolean);
  const items = cases.flatMap((one) => one.items.map((item) => ({ item, desk: one.desk })));
  const hits = items
    .filter(({ item, desk }) => (!query.member || item.author === query.member) && (!query.desk || desk === query.desk))
    .flatMap(({ item, desk }) => hitOf(floor, item, desk, wanted))
    .toSorted((one, other) => other.at_ms - one.at_ms);
  if (!typed) return { named: null, hits, next: null, behind: 0 };
  const misheard = isMisheard(typed);
  const exact = items.find(({ item }) => item.reference === typed.reference);
  const [hit = null] = exact && !misheard ? hitOf(floor, exact.item, exact.desk, []) : [];
  const others = misheard ? [] : hits.filter((one) => one.reference !== typed.reference);
  return { named: { ...typed, misheard, hit }, hits: others, next: null, behind: 0 };
}

function hitOf(floor: Floor, item: ItemView, desk: string, wanted: readonly string[]): readonly SearchHit[] {
  const field = ['text', 'reason'].find((name) => typeof item.content?.[name] === 'string');
  const text = field ? String(item.content?.[field]) : (item.phrase?.['en']?.text ?? '');
  const lower = text.toLowerCase();
  const marks = wanted
    .map((word) => [lower.indexOf(word), word.length] as const)
    .map(([at, length]) => [[...text.slice(0, at)].length, [...text.slice(0, at + length)].length, at] as const);
  if (marks.some(([, , at]) => at < 0)) return [];
  return [
    {
      reference: item.reference,
      letter: letterIn(item.reference, floor.codes),
      case: item.case,
      desk,
      kind: item.kind,
      author: item.author,
      position: item.position,
      precedence: item.precedence,
      at_ms: item.at_ms,
      about: item.about[0] ?? null,
      void: item.because?.reason ?? null,
      superseded: item.superseded,
      withheld: item.content === null,
      distance_m: null,
      excerpts: text
        ? [
            {
              field: field ?? 'phrase',
              language: String(item.content?.['lang'] ?? 'en'),
              text,
              start: 0,
              marks: marks.map(([start, end]) => [start, end] as const).toSorted((one, other) => one[0] - other[0]),
              further: false,
            },
          ]
        : [],
    },
  ];
}
