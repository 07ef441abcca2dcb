// While a passphrase is awaited of an officer whose session lasts, what rings for that officer is heard and told here: a page
// that was read anew does not fall silent. It reads, and can sign nothing.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useClient } from '../data/client';
import type { RingView, SessionView } from '../data/wire';
import { alarmOf, reaches, titleOf } from '../floor/alarm/alarm';
import { REPEAT_MS, Speaker } from '../floor/alarm/sound';

const ASK_MS = 2_000;
const NOTHING: readonly RingView[] = [];

export function WaitingAlarm({ session }: { readonly session: SessionView }) {
  const { t } = useLingui();
  const client = useClient();
  const [rings, setRings] = useState(NOTHING);
  const [speaker] = useState(() => new Speaker());
  const { loudness } = alarmOf(rings, {}, 0);

  useEffect(() => {
    const ask = () =>
      void client.now().then(
        (now) => setRings(now.rings.filter((ring) => reaches(ring, session.position))),
        () => undefined,
      );
    ask();
    const asking = setInterval(ask, ASK_MS);
    const wake = () => void speaker.wake();
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
    return () => {
      clearInterval(asking);
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
    };
  }, [client, session.position, speaker]);

  useEffect(() => {
    if (loudness === 'none') return undefined;
    const repeating = setInterval(() => speaker.play(loudness), REPEAT_MS[loudness]);
    return () => clearInterval(repeating);
  }, [loudness, speaker]);

  const title = titleOf(rings, t`RINGS`, `Parley ${session.member}`);
  useEffect(() => {
    document.title = title;
  }, [title]);

  if (rings.length === 0) return null;
  return (
    <p className="note note--bad" role="alert" data-rings={rings.length}>
      <Plural
        value={rings.length}
        one="# statement rings for this watch: take the terminal, or use the telephone."
        other="# statements ring for this watch: take the terminal, or use the telephone."
      />{' '}
      <Trans>It is not acknowledged.</Trans>
    </p>
  );
}
