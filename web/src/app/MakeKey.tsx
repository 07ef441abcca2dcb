// The key is made: with a passphrase where officers share the terminal, without one where the officer says so.

import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { Button } from 'react-aria-components';
import { checkPassphrase, MIN_PASSPHRASE_CHARS } from '../crypto/passphrase';

type Fault = 'short' | 'differs';

export function MakeKey({ onMake }: { readonly onMake: (passphrase: string | null) => void }) {
  const { t } = useLingui();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (first === '' && second === '') return onMake(null);
    const found = faultOf(first, second);
    setFault(found);
    if (!found) onMake(first);
  };
  return (
    <form className="making" onSubmit={make}>
      <p>
        <Trans>The key is made in this browser, on this machine, and never leaves it.</Trans>
      </p>
      <p className="note">
        <Trans>
          Where officers share this machine, choose a passphrase: nobody else can then sign with your key here. It is
          asked for when you take the terminal. It cannot be recovered: who forgets it is enrolled anew.
        </Trans>
      </p>
      <Secret label={t`Passphrase, at least ${MIN_PASSPHRASE_CHARS} characters`} value={first} onChange={setFirst} />
      <Secret label={t`The same again`} value={second} onChange={setSecond} />
      {fault && (
        <p className="note note--bad" role="alert">
          {fault === 'short' ? (
            <Trans>The passphrase is too short: at least {MIN_PASSPHRASE_CHARS} characters.</Trans>
          ) : (
            <Trans>The two are not the same.</Trans>
          )}
        </p>
      )}
      <Button className="key key--first" type="submit">
        {first === '' ? <Trans>Make the key here, without a passphrase</Trans> : <Trans>Make the key here</Trans>}
      </Button>
    </form>
  );
}

function faultOf(first: string, second: string): Fault | null {
  try {
    checkPassphrase(first);
  } catch {
    return 'short';
  }
  return first === second ? null : 'differs';
}

interface SecretProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Secret({ label, value, onChange }: SecretProps) {
  return (
    <label className="making__secret">
      {label}
      <input
        className="input"
        type="password"
        autoComplete="new-password"
        dir="auto"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
