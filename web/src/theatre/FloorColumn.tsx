// One member's floor: whose it is, whether its node runs, and the floor itself in a frame of that node.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { FACTS, languageOf } from '../language/languages';
import { Broken, Check, Person } from '../parts/icons';
import { Ref } from '../parts/Words';
import type { Acting, FloorState, SeatState } from './state';

interface Props {
  readonly floor: FloorState;
  readonly alive: boolean;
  readonly seat: SeatState | null;
  readonly acting: Acting;
}

export function FloorColumn({ floor, alive, seat, acting }: Props) {
  const { t } = useLingui();
  const { code, name, language } = floor;
  const known = languageOf(language);
  return (
    <section className="column" data-code={code} data-down={alive ? undefined : true} aria-label={code}>
      <header className="column__head">
        <h2>
          <Ref>{code}</Ref>
          <bdi className="column__name">{name}</bdi>
        </h2>
        <bdi className="column__language" lang={known}>
          {known ? FACTS[known].name : language}
        </bdi>
        <span className="column__state">
          {alive ? <Check /> : <Broken />}
          {alive ? <Trans>node runs</Trans> : <Trans>node is down</Trans>}
        </span>
        {alive ? (
          <Button
            className="key key--small"
            data-act="kill"
            aria-label={t`Kill the node of ${code}`}
            onPress={() => acting.act({ act: 'kill', code })}
          >
            <Trans>Kill</Trans>
          </Button>
        ) : (
          <Button
            className="key key--small"
            aria-label={t`Restore the node of ${code}`}
            onPress={() => acting.act({ act: 'restore' })}
          >
            <Trans>Restore</Trans>
          </Button>
        )}
        {seat && <OwnSeat of={seat} />}
      </header>
      <Frame floor={floor} alive={alive} />
    </section>
  );
}

/** A seat for whoever watches, in a tab of its own. */
function OwnSeat({ of }: { readonly of: SeatState }) {
  const { t } = useLingui();
  return (
    <a
      className="key key--small"
      href={of.url}
      target={`parley-seat-${of.code}`}
      rel="noreferrer"
      aria-label={t`Take a seat of your own at the floor of ${of.code}, in a new tab`}
    >
      <Person />
      {of.taken ? <Trans>Your seat</Trans> : <Trans>Take a seat</Trans>}
    </a>
  );
}

/** Framed once its node answers, and kept while the node is away: the floor itself says how old its sight is. */
function Frame({ floor, alive }: { readonly floor: FloorState; readonly alive: boolean }) {
  const { t } = useLingui();
  const { code, url, taken } = floor;
  const [framed, setFramed] = useState<string | null>(alive ? url : null);
  // A link that ran out before its seat was taken is replaced.
  if (alive && framed !== url && (framed === null || !taken)) setFramed(url);
  if (framed === null) {
    return (
      <p className="column__dark">
        <Trans>Its floor opens when its node runs again.</Trans>
      </p>
    );
  }
  return <iframe key={framed} className="column__frame" title={t`Floor of ${code}`} src={framed} allow="autoplay" />;
}
