// The officers whose keys this browser holds, by number; choosing one signs on, or asks for the passphrase first. A wrong
// passphrase is told and slowed, and never locks anybody out.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Problem } from '../data/problem';
import type { KeptSeat } from '../data/seats';
import { nextTryMs, TOO_SOON, WRONG_PASSPHRASE } from '../data/unlocking';
import { isTyping } from '../floor/keys/shortcuts';
import { Ref, Words } from '../parts/Words';

const TICK_MS = 250;

interface Props {
  readonly seats: readonly KeptSeat[];
  /** Chosen when it opens. */
  readonly first?: KeptSeat | undefined;
  readonly onTake: (seat: KeptSeat, passphrase: string) => Promise<Problem | null>;
}

export function SeatChooser({ seats, first, onTake }: Props) {
  const [chosen, setChosen] = useState(first?.isGuarded ? first : null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const take = async (seat: KeptSeat, passphrase: string) => {
    setBusy(true);
    setProblem(null);
    setProblem(await onTake(seat, passphrase));
    setBusy(false);
  };
  const choose = (seat: KeptSeat) => {
    setProblem(null);
    setChosen(seat);
    if (!seat.isGuarded) void take(seat, '');
  };
  useNumbers((at) => {
    const seat = seats[at];
    if (seat) choose(seat);
  });
  return (
    <div className="chooser">
      <ul className="seats">
        {seats.map((seat, at) => (
          <li key={seat.name}>
            <Button
              className={seat === chosen ? 'key' : 'key key--first'}
              data-seat={seat.position}
              aria-pressed={seat === chosen}
              isDisabled={busy}
              onPress={() => choose(seat)}
            >
              <kbd dir="ltr">{at + 1}</kbd>
              <Ref>{`${seat.member}/${seat.position}`}</Ref>
            </Button>
            <span className="note" dir="ltr">
              {seat.mechanism.slice(0, 16)}
            </span>
            {!seat.isGuarded && (
              <span className="note">
                <Trans>no passphrase</Trans>
              </span>
            )}
          </li>
        ))}
      </ul>
      {chosen?.isGuarded && (
        <PassphraseForm key={chosen.name} seat={chosen} busy={busy} onGiven={(given) => take(chosen, given)}>
          {problem && <ProblemWord of={problem} />}
        </PassphraseForm>
      )}
      {problem && !chosen?.isGuarded && <ProblemWord of={problem} />}
    </div>
  );
}

interface FormProps {
  readonly seat: KeptSeat;
  readonly busy: boolean;
  readonly onGiven: (passphrase: string) => Promise<void>;
  readonly children: ReactNode;
}

function PassphraseForm({ seat, busy, onGiven, children }: FormProps) {
  const { t } = useLingui();
  const [given, setGiven] = useState('');
  const waitMs = useWait(seat);
  const name = `${seat.member}/${seat.position}`;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (busy || waitMs > 0 || given === '') return;
    setGiven('');
    void onGiven(given);
  };
  return (
    <form className="passphrase" onSubmit={send}>
      <label>
        <span>
          <Trans>
            Passphrase of <Ref>{name}</Ref>
          </Trans>
        </span>
        <input
          className="input"
          type="password"
          autoComplete="off"
          dir="auto"
          // biome-ignore lint/a11y/noAutofocus: the officer chose this seat to give its passphrase.
          autoFocus
          value={given}
          aria-label={t`Passphrase of ${name}`}
          onChange={({ target }) => setGiven(target.value)}
        />
      </label>
      <Button className="key key--first" type="submit" isDisabled={busy || waitMs > 0}>
        {busy ? <Trans>Opening the key…</Trans> : <Trans>Take this terminal</Trans>}
      </Button>
      {children}
      {waitMs > 0 && (
        <p className="note">
          <Plural value={Math.ceil(waitMs / 1000)} one="Next try in # second." other="Next try in # seconds." />
        </p>
      )}
    </form>
  );
}

function ProblemWord({ of }: { readonly of: Problem }) {
  return (
    <p className="note note--bad" role="alert" data-problem={of.code}>
      {of.code === WRONG_PASSPHRASE ? (
        <Trans>That is not the passphrase. Nobody is locked out: try again, or use the telephone.</Trans>
      ) : of.code === TOO_SOON ? (
        <Trans>A wrong passphrase makes the next try wait a little.</Trans>
      ) : (
        <>
          <Trans>The node did not take the key:</Trans> <Words of={{ text: of.message, language: 'en' }} />
        </>
      )}
    </p>
  );
}

/** How long until the passphrase of a seat may be tried, in milliseconds. */
function useWait(seat: KeptSeat): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, []);
  return Math.max(0, nextTryMs(seat, nowMs) - nowMs);
}

/** Calls back with the index of a digit that was pressed, 1 being 0, where nothing is being typed. */
function useNumbers(onNumber: (at: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
      if (!digit || event.repeat || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      onNumber(Number(digit) - 1);
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  });
}
