// Keeps the alarm while it is on screen: sound until acknowledged or silenced, title and icon of the tab, a notification of the
// desktop for what is new. What was silenced here, and when, is kept in this browser.

import { useLingui } from '@lingui/react/macro';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import type { RingView } from '../../data/wire';
import { useNow } from '../../parts/Now';
import { type AlarmModel, alarmOf, reaches, ringKey, type Silences, silenced, titleOf } from './alarm';
import { badge } from './badge';
import { noteSilence } from './silenceLog';
import { REPEAT_MS, type Sound, Speaker } from './sound';

interface Alarm {
  readonly model: AlarmModel;
  readonly rings: readonly RingView[];
  /** Whether this page can be heard. */
  readonly audible: boolean;
  readonly wake: () => void;
  readonly silence: () => void;
  readonly play: (sound: Sound) => void;
  /** Play the alarm once, as it rings; whether this browser let it out. */
  readonly prove: () => Promise<boolean>;
}

const Context = createContext<Alarm | null>(null);
const NO_RINGS: readonly RingView[] = [];

export function AlarmProvider({ children }: { readonly children: ReactNode }) {
  const { floor, session } = useSeat();
  const nowMs = useNow();
  const all = shown(useNowView())?.rings ?? NO_RINGS;
  const rings = useMemo(() => all.filter((ring) => reaches(ring, session.position)), [all, session.position]);
  const [silences, setSilences] = useState<Silences>({});
  const [speaker] = useState(() => new Speaker());
  const [audible, setAudible] = useState(false);
  const model = alarmOf(rings, silences, nowMs);

  const wake = useCallback(() => void speaker.wake().then(setAudible), [speaker]);
  const play = useCallback((sound: Sound) => speaker.play(sound), [speaker]);
  const prove = useCallback(async () => {
    const heard = await speaker.wake();
    setAudible(heard);
    speaker.play('urgent');
    return heard;
  }, [speaker]);
  const silence = useCallback(() => {
    const atMs = Date.now();
    setSilences((kept) => silenced(rings, kept, atMs));
    noteSilence({ atMs, rings: rings.map((ring) => ring.reference) });
  }, [rings]);

  // The first press or key anywhere lets the page be heard.
  useEffect(() => {
    if (audible) return undefined;
    addEventListener('pointerdown', wake, { once: true });
    addEventListener('keydown', wake, { once: true });
    return () => {
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
    };
  }, [audible, wake]);

  const { loudness } = model;
  useEffect(() => {
    if (loudness === 'none') return undefined;
    speaker.play(loudness);
    const repeating = setInterval(() => speaker.play(loudness), REPEAT_MS[loudness]);
    return () => clearInterval(repeating);
  }, [loudness, speaker]);

  useTab(rings, floor.me);
  useNotifications(model.heard);

  const alarm = useMemo(
    () => ({ model, rings, audible, wake, silence, play, prove }),
    [model, rings, audible, wake, silence, play, prove],
  );
  return <Context.Provider value={alarm}>{children}</Context.Provider>;
}

export function useAlarm(): Alarm {
  const alarm = useContext(Context);
  if (!alarm) throw new Error('outside AlarmProvider');
  return alarm;
}

function useTab(rings: readonly RingView[], me: string): void {
  const { t } = useLingui();
  const word = rings.some((ring) => ring.kind === 'stop') ? t`STOP` : t`RINGS`;
  const title = titleOf(rings, word, `Parley ${me}`);
  const count = rings.length;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => badge(count), [count]);
}

function useNotifications(heard: readonly RingView[]): void {
  const { t } = useLingui();
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
    for (const ring of heard) {
      if (told.current.has(ringKey(ring))) continue;
      told.current.add(ringKey(ring));
      // What was said stays off the desktop: who, how urgent, and the reference.
      new Notification(`${ring.precedence} ${ring.reference}`, { body: t`from ${ring.author}`, tag: ring.reference });
    }
  }, [heard, t]);
}
