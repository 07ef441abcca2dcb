// The check of this terminal's alarm while it is on screen: the very sound of the alarm is played, by the very way it takes, and
// the officer says whether it was heard. It opens by itself when somebody signed on by hand and the alarm is not proved this
// watch; it covers nothing and stops nothing: what rings goes on, and STOP stands where it stood.

import { useLingui } from '@lingui/react/macro';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useSeat } from '../../app/seat';
import { useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import { useNow } from '../../parts/Now';
import { useAlarm } from './AlarmProvider';
import {
  type AlarmCheck,
  type AlarmStanding,
  afterHeard,
  keepCheck,
  type Permission,
  type Step,
  standingOfAlarm,
  storedCheck,
  watchName,
} from './proving';

interface Checking {
  readonly standing: AlarmStanding;
  /** The latest check at this terminal. */
  readonly check: AlarmCheck | null;
  readonly step: Step;
  readonly open: () => void;
  readonly close: () => void;
  readonly sound: () => Promise<void>;
  readonly answer: (heard: boolean) => void;
  readonly show: () => Promise<void>;
  readonly answerSeen: (seen: boolean) => void;
}

const Context = createContext<Checking | null>(null);

const permission = (): Permission => (typeof Notification === 'undefined' ? 'denied' : Notification.permission);

export function AlarmCheckProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  const { floor, session, byHand } = useSeat();
  const { prove } = useAlarm();
  const nowMs = useNow();
  const watches = shown(useNowView())?.watches;
  const watch = watchName(watches?.find((one) => one.member === floor.me));
  const [check, setCheck] = useState(storedCheck);
  const standing = watches === undefined && check?.heard ? 'proved' : standingOfAlarm(check, watch, nowMs);
  // Null until the officer does something with it.
  const [chosen, setStep] = useState<Step | null>(null);
  const step = chosen ?? (byHand && standing === 'not-proved' ? 'begin' : 'closed');

  const keep = useCallback((next: AlarmCheck) => {
    keepCheck(next);
    setCheck(next);
  }, []);
  const sound = useCallback(async () => setStep((await prove()) ? 'sounded' : 'mute'), [prove]);
  const answer = useCallback(
    (heard: boolean) => {
      keep({ atMs: Date.now(), position: session.position, heard, seen: null, watch });
      setStep(heard ? afterHeard(permission()) : 'unheard');
    },
    [keep, session.position, watch],
  );
  const show = useCallback(async () => {
    if (permission() === 'default') await Notification.requestPermission();
    if (permission() !== 'granted') return setStep('unseen');
    new Notification(t`Parley: a test`, { body: t`This is how a ring is shown on the desktop.`, tag: 'parley-test' });
    setStep('shown');
  }, [t]);
  const answerSeen = useCallback(
    (seen: boolean) => {
      if (check) keep({ ...check, seen });
      setStep(seen ? 'closed' : 'unseen');
    },
    [check, keep],
  );

  const checking = useMemo(
    () => ({
      standing,
      check,
      step,
      open: () => setStep('begin'),
      close: () => setStep('closed'),
      sound,
      answer,
      show,
      answerSeen,
    }),
    [standing, check, step, sound, answer, show, answerSeen],
  );
  return <Context.Provider value={checking}>{children}</Context.Provider>;
}

export function useAlarmCheck(): Checking {
  const checking = useContext(Context);
  if (!checking) throw new Error('outside AlarmCheckProvider');
  return checking;
}
