// An officer's key as this browser makes and keeps it, with its proof of possession for a mechanism that does not exist.

import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { hex } from '../crypto/bytes';
import { findKey, forgetKey, makeKey, type OfficerKey, provePossession } from '../crypto/keys';

const NAME = 'SIMULATION AAA/duty-1';
const MECHANISM = new Uint8Array(32);

interface Shown {
  readonly key: OfficerKey;
  readonly possession: string;
}

export function KeyScene() {
  const [shown, setShown] = useState<Shown | null>(null);
  const show = async (key: OfficerKey | null) => {
    setShown(key && { key, possession: hex(await provePossession(MECHANISM, 'AAA', 'duty-1', key)) });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the scene opens.
  useEffect(() => void findKey(NAME).then(show), []);
  return (
    <main className="gallery">
      <h1>
        <Trans>This browser's key</Trans>
      </h1>
      {shown ? (
        <>
          <dl>
            <dt>
              <Trans>Public key</Trans>
            </dt>
            <dd>
              <code dir="ltr" data-told="public-key">
                {hex(shown.key.publicKey)}
              </code>
            </dd>
            <dt>
              <Trans>Key id</Trans>
            </dt>
            <dd>
              <code dir="ltr" data-told="kid">
                {hex(shown.key.kid)}
              </code>
            </dd>
            <dt>
              <Trans>Proof of possession</Trans>
            </dt>
            <dd>
              <code dir="ltr" data-told="possession">
                {shown.possession}
              </code>
            </dd>
          </dl>
          <Button className="key" onPress={() => void forgetKey(NAME).then(() => setShown(null))}>
            <Trans>Forget this key</Trans>
          </Button>
        </>
      ) : (
        <Button className="key key--first" onPress={() => void makeKey(NAME).then(show)}>
          <Trans>Make a key in this browser</Trans>
        </Button>
      )}
    </main>
  );
}
