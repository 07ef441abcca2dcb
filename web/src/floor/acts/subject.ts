// What an act is about: the declaration of the statement's kind. A correction has the kind of what it corrects. Pure.

import type { Floor } from '../../data/floor';
import type { CaseView, Field, ItemView, Json, JsonFields, Kind } from '../../data/wire';
import type { Entries, ReadEntries } from '../../forms/entry';
import type { Fault } from '../../forms/read';
import { readReadBack } from '../../forms/readBack';

export function subjectKind(floor: Floor, item: ItemView, around: CaseView | null): Kind | null {
  let found: ItemView | undefined = item;
  for (let step = 0; found?.kind === 'correction' && step < 100; step++) {
    const target: string | undefined = found.about[0];
    found = around?.items.find((one) => one.reference === target);
  }
  return found && found.kind !== 'correction' ? floor.kind(found.kind) : null;
}

/** What is read back, as fields: those critical ones that the content holds, and slots of its phrase. */
export function criticalFields(kind: Kind | null, item: ItemView): readonly Field[] {
  return item.critical.map(({ name, kind: sort, title }) => {
    const declared = kind?.fields.find((field) => field.name === name);
    return declared ?? { name, kind: sort, title, required: true, critical: true, choices: [], free: false };
  });
}

/** What was said in a field that is read back. */
export function saidIn(item: ItemView, name: string): Json {
  return item.content?.[name] ?? item.critical.find((one) => one.name === name)?.said ?? null;
}

/**
 * What a read-back comes to. Of a kind that acts first nothing need be read back to take it; what is left empty is then
 * read back later.
 */
export function readBackReader(
  fields: readonly Field[],
  item: ItemView,
  actsFirst: boolean,
): (entries: Entries) => ReadEntries {
  return (entries) => {
    const content: Record<string, JsonFields[string]> = {};
    const faults: Record<string, Fault> = {};
    for (const field of fields) {
      const entry = entries[field.name];
      const read = entry && readReadBack(field, entry, saidIn(item, field.name), item.digest);
      if (read?.ok) content[field.name] = read.value;
      else if (!actsFirst || (read && read.fault !== 'missing')) faults[field.name] = read?.fault ?? 'missing';
    }
    return { content: Object.keys(content).length > 0 ? { read_back: content } : {}, faults };
  };
}
