// The check of the alarm, under the strip: one question at a time, and what to do where the answer is no.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Bell } from '../../parts/icons';
import { useAlarmCheck } from './AlarmCheckProvider';
import './check.css';

export function AlarmCheckBar() {
  const { t } = useLingui();
  const { step, close } = useAlarmCheck();
  if (step === 'closed') return null;
  return (
    <section className="check-bar" aria-label={t`Check of the alarm`} data-step={step}>
      <Question />
      <Button className="key key--small" onPress={close}>
        {step === 'begin' ? <Trans>Not now</Trans> : <Trans>Close</Trans>}
      </Button>
    </section>
  );
}

function Question() {
  const { step, sound, answer, show, answerSeen } = useAlarmCheck();
  const again = (
    <Key name="sound" onPress={() => void sound()}>
      <Bell />
      <Trans>Sound it again</Trans>
    </Key>
  );
  switch (step) {
    case 'begin':
      return (
        <Asked text={<Trans>Nobody has heard the alarm of this terminal this watch.</Trans>}>
          <Key name="sound" first onPress={() => void sound()}>
            <Bell />
            <Trans>Sound the alarm</Trans>
          </Key>
        </Asked>
      );
    case 'mute':
      return (
        <Asked alert text={<Trans>This browser lets no sound out. Allow sound for this page, then try again.</Trans>}>
          {again}
          <Key name="unheard" onPress={() => answer(false)}>
            <Trans>I did not hear it</Trans>
          </Key>
        </Asked>
      );
    case 'sounded':
      return (
        <Asked text={<Trans>The alarm sounded: two tones, up and down, twice. Did you hear it?</Trans>}>
          <Key name="heard" first onPress={() => answer(true)}>
            <Trans>I heard it</Trans>
          </Key>
          <Key name="unheard" onPress={() => answer(false)}>
            <Trans>I did not hear it</Trans>
          </Key>
          {again}
        </Asked>
      );
    case 'unheard':
      return (
        <Asked
          alert
          text={
            <Trans>
              Turn the loudspeaker on and up, unplug headphones, see that neither the machine nor this page is muted,
              and sound it again. Until it is heard do not keep the watch at this terminal: use another, and tell your
              watch by telephone.
            </Trans>
          }
        >
          {again}
        </Asked>
      );
    case 'desktop':
      return (
        <Asked text={<Trans>Heard. A ring can also be shown over other windows of this desktop.</Trans>}>
          <Key name="show" first onPress={() => void show()}>
            <Trans>Show a notification</Trans>
          </Key>
        </Asked>
      );
    case 'shown':
      return (
        <Asked text={<Trans>A notification was shown on this desktop. Did you see it?</Trans>}>
          <Key name="seen" first onPress={() => answerSeen(true)}>
            <Trans>I saw it</Trans>
          </Key>
          <Key name="unseen" onPress={() => answerSeen(false)}>
            <Trans>I did not see it</Trans>
          </Key>
        </Asked>
      );
    case 'unseen':
      return (
        <Asked
          alert
          text={
            <Trans>
              The desktop shows no notification: allow them for this page in the browser, and for the browser in the
              system. Until then keep this page in front.
            </Trans>
          }
        >
          <Key name="show" onPress={() => void show()}>
            <Trans>Try again</Trans>
          </Key>
        </Asked>
      );
    case 'closed':
      return null;
  }
}

interface AskedProps {
  readonly text: ReactNode;
  readonly alert?: boolean;
  readonly children: ReactNode;
}

function Asked({ text, alert = false, children }: AskedProps) {
  return (
    <>
      <p role={alert ? 'alert' : 'status'}>{text}</p>
      <div className="check-bar__keys">{children}</div>
    </>
  );
}

interface KeyProps {
  readonly name: string;
  readonly first?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Key({ name, first = false, onPress, children }: KeyProps) {
  return (
    <Button className={first ? 'key key--first' : 'key'} data-check={name} onPress={onPress}>
      {children}
    </Button>
  );
}
