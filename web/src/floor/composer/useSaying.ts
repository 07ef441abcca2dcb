// The state of a panel in which something is said: entries, what they come to, what would be signed, and sending it. A
// statement that failed to arrive is sent again with the same nonce, so that it cannot be recorded twice.

import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import type { Field, JsonFields, Kind, Recorded } from '../../data/wire';
import { type Entries, type ReadEntries, readEntries } from '../../forms/entry';
import type { Fault } from '../../forms/read';
import { drawChance, type Prepared, prepare, type Saying, send } from '../../say/saying';
import { withoutIdleLanguage } from './draft';

export interface Said {
  readonly saying: Saying;
  readonly setSaying: (saying: Saying) => void;
  readonly entries: Entries;
  readonly setEntries: (entries: Entries) => void;
  readonly content: JsonFields;
  readonly faults: Readonly<Record<string, Fault>>;
  /** Faults to show: none before the officer tried to go on. */
  readonly shownFaults: Readonly<Record<string, Fault>>;
  readonly prepared: Prepared | null;
  /** When it is signed: what stands in it about the time before counts from here. */
  readonly issuedAtMs: number;
  readonly problem: Problem | null;
  readonly sending: boolean;
  /** Signs and sends; tells the faults instead where there are any. */
  readonly say: () => Promise<Recorded | null>;
}

interface Options {
  readonly first: Saying;
  readonly firstEntries: Entries;
  /** What entries come to; the same function for as long as the panel is open. */
  readonly read: (entries: Entries) => ReadEntries;
}

const NONE = {};

/** The reading of a form: the fields of a kind, with those that stand whatever is entered. */
export function formReader(
  fields: readonly Field[],
  oneOf: Kind['one_of'],
  fixed: JsonFields = NONE,
): (entries: Entries) => ReadEntries {
  return (entries) => {
    const { content, faults } = readEntries(fields, oneOf, entries);
    return { content: { ...fixed, ...withoutIdleLanguage(fields, content) }, faults };
  };
}

export function useSaying({ first, firstEntries, read }: Options): Said {
  const client = useClient();
  const queries = useQueryClient();
  const { session, key, floor } = useSeat();
  const [saying, setSaying] = useState(first);
  const [entries, setEntries] = useState(firstEntries);
  const [chance] = useState(() => drawChance(Date.now()));
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);

  const { content, faults } = useMemo(() => read(entries), [read, entries]);
  const sound = Object.keys(faults).length === 0;
  const whole = useMemo(() => ({ ...saying, content }), [saying, content]);
  const prepared = useMemo(() => {
    if (!sound) return null;
    try {
      return prepare(whole, session, floor, chance);
    } catch {
      return null;
    }
  }, [sound, whole, session, floor, chance]);

  async function say(): Promise<Recorded | null> {
    setTried(true);
    setProblem(null);
    if (!sound) return null;
    setSending(true);
    try {
      const recorded = await send(client, prepared ?? prepare(whole, session, floor, chance), key);
      for (const view of ['feed', 'cases', 'case', 'now', 'drafts'])
        void queries.invalidateQueries({ queryKey: [view] });
      return recorded;
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return null;
    } finally {
      setSending(false);
    }
  }

  return {
    saying: whole,
    setSaying,
    entries,
    setEntries,
    content,
    faults,
    shownFaults: tried ? faults : NONE,
    prepared,
    issuedAtMs: chance.nowMs,
    problem,
    sending,
    say,
  };
}
