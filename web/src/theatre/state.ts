// What the demo tells of its stage, asked every second, and the acts it can be asked for.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { asProblem, type Problem, problemIn } from '../data/problem';

const EVERY_MS = 1_000;
const STATE = ['theatre'];

type InLanguages = Readonly<Record<string, string>>;

export interface FloorState {
  readonly code: string;
  readonly name: string;
  readonly language: string;
  readonly url: string;
  readonly taken: boolean;
}

export interface SeatState {
  readonly code: string;
  readonly url: string;
  readonly taken: boolean;
}

export interface LineState {
  readonly a: string;
  readonly b: string;
  readonly cut: boolean;
}

export interface ToldState {
  readonly at_ms: number;
  readonly event: string;
  readonly text: InLanguages;
  readonly why: InLanguages;
}

export interface TheatreState {
  readonly banner: string | null;
  readonly floors: readonly FloorState[];
  readonly seats: readonly SeatState[];
  readonly narration: readonly ToldState[];
  readonly lines: readonly LineState[];
  readonly nodes: readonly { readonly code: string; readonly alive: boolean }[];
  readonly quiet: boolean;
}

export type Act =
  | { readonly act: 'flash' | 'stop' | 'restore' | 'quiet' | 'talk' }
  | { readonly act: 'cut'; readonly a: string; readonly b: string }
  | { readonly act: 'kill'; readonly code: string };

async function good(answer: Response): Promise<unknown> {
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw problemIn(answer.status, body);
  return body;
}

/** What there is to see; `ended` where the demo answers no more. */
export function useTheatre(): { readonly state: TheatreState | null; readonly ended: boolean } {
  const { data, isError } = useQuery({
    queryKey: STATE,
    queryFn: async () => (await good(await fetch('./theatre/state'))) as TheatreState,
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
  });
  return { state: data ?? null, ended: isError };
}

export interface Acting {
  /** The act under way. */
  readonly busy: Act | null;
  readonly problem: Problem | null;
  readonly act: (asked: Act) => void;
}

/** One act at a time: what is pressed while another is under way is not done. */
export function useActing(): Acting {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<Act | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const act = useCallback(
    (asked: Act) => {
      if (running.current) return;
      running.current = true;
      setBusy(asked);
      const headers = { 'Content-Type': 'application/json' };
      fetch('./theatre/act', { method: 'POST', headers, body: JSON.stringify(asked) })
        .then(good)
        .then(
          () => setProblem(null),
          (thrown) => setProblem(asProblem(thrown)),
        )
        .finally(() => {
          running.current = false;
          setBusy(null);
          void queries.invalidateQueries({ queryKey: STATE });
        });
    },
    [queries],
  );
  return { busy, problem, act };
}
