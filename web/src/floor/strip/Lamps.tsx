// The lamps: one for each other member, one for the record. Each is a key that lists the evidence.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { ForkStatus, NodeStatus, PeerStatus, SilenceView, WatchView } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { useNow } from '../../parts/Now';
import { Code, Ref, Words } from '../../parts/Words';
import { EvidenceWords, StandingWord } from './EvidenceWords';
import { Lamp } from './Lamp';
import { peerTone, recordModel, recordTone, rotated } from './lamps';

interface Props {
  readonly watches: readonly WatchView[];
  readonly silence: readonly SilenceView[] | null;
  readonly status: NodeStatus | null;
  readonly offline: boolean;
}

export function Lamps({ silence, status, offline, watches }: Props) {
  const { t } = useLingui();
  const nowMs = useNow();
  return (
    <ul className="strip__lamps" aria-label={t`Lines and record`}>
      {rotated(silence ?? [], nowMs).map((peer) => (
        <li key={peer.code}>
          <PeerLamp
            of={peer}
            line={status?.peers.find((one) => one.code === peer.code) ?? null}
            offline={offline}
            watch={watches.find((one) => one.member === peer.code) ?? null}
          />
        </li>
      ))}
      {status && (
        <li>
          <RecordLamp of={status} offline={offline} />
        </li>
      )}
    </ul>
  );
}

interface PeerProps {
  readonly watch: WatchView | null;
  readonly of: SilenceView;
  readonly line: PeerStatus | null;
  readonly offline: boolean;
}

function PeerLamp({ of, line, offline, watch }: PeerProps) {
  const { t } = useLingui();
  return (
    <Explained
      label={t`What is known of ${of.code}`}
      lamp={
        <Lamp tone={peerTone(of)} offline={offline} name={<Ref>{of.code}</Ref>}>
          {offline ? <Trans>not known</Trans> : <StandingWord of={of} />}
        </Lamp>
      }
    >
      <h3>
        <Ref>{of.code}</Ref> · {offline ? <Trans>not known</Trans> : <StandingWord of={of} />}
      </h3>
      <p className="note">
        <Trans>
          since <Moment atMs={of.since_ms} date />
        </Trans>
      </p>
      {watch && (
        <p className="note">
          <Trans>
            on watch there: <Ref>{watch.position}</Ref>, by <Ref>{watch.handover ?? watch.roster}</Ref>
          </Trans>
        </p>
      )}
      <ul className="evidence">
        {of.evidence.map((one) => (
          <li key={`${one.code} ${one.by} ${one.arguments['reference'] ?? ''}`}>
            <EvidenceWords of={one} peer={of.code} />
          </li>
        ))}
      </ul>
      {line?.clock_warning && (
        <p className="note note--bad">
          <Trans>Its clock is far off ours: what it says is receipted late.</Trans>
        </p>
      )}
      {line?.note && (
        <p className="note">
          <Words of={{ text: line.note, language: 'en' }} />
        </p>
      )}
    </Explained>
  );
}

function RecordLamp({ of, offline }: { readonly of: NodeStatus; readonly offline: boolean }) {
  const { t } = useLingui();
  const model = recordModel(of);
  const logs = model.logs.map((log) => <Ref key={log}>{log}</Ref>);
  const word = {
    agreed: <Trans>all copies agree</Trans>,
    'catching-up': <Trans>catching up: {logs}</Trans>,
    queued: <Trans>not signing; {model.queued} wait</Trans>,
    split: <Trans>SPLIT: {logs}</Trans>,
  }[model.state];
  return (
    <Explained
      label={t`The record`}
      lamp={
        <Lamp tone={recordTone(model)} offline={offline} name={<Trans>Record</Trans>}>
          {offline ? <Trans>not known</Trans> : word}
        </Lamp>
      }
    >
      <h3>
        <Trans>Record</Trans> · {offline ? <Trans>not known</Trans> : word}
      </h3>
      {of.signing_note && (
        <p className="note note--bad">
          <Words of={{ text: of.signing_note, language: 'en' }} />
        </p>
      )}
      <dl className="logs">
        {of.logs.map((log) => (
          <div key={log.code}>
            <dt>
              <Ref>{log.code}</Ref>
            </dt>
            <dd>
              <Trans>
                <bdi dir="ltr">{log.size}</bdi> entries, <bdi dir="ltr">{log.verified}</bdi> verified
              </Trans>
              <Code>{log.root.slice(0, 16)}</Code>
            </dd>
          </div>
        ))}
      </dl>
      {of.forks.map((fork) => (
        <Fork key={`${fork.log} ${fork.noticed_ms}`} of={fork} />
      ))}
    </Explained>
  );
}

function Fork({ of }: { readonly of: ForkStatus }) {
  return (
    <details className="fork">
      <summary>
        <Trans>
          Two signed checkpoints of <Ref>{of.log}</Ref> contradict each other, noticed at{' '}
          <Moment atMs={of.noticed_ms} date />
        </Trans>
      </summary>
      <pre dir="ltr">{of.first}</pre>
      <pre dir="ltr">{of.second}</pre>
    </details>
  );
}

interface ExplainedProps {
  readonly label: string;
  readonly lamp: ReactNode;
  readonly children: ReactNode;
}

function Explained({ label, lamp, children }: ExplainedProps) {
  return (
    <DialogTrigger>
      <Button className="lamp__key">{lamp}</Button>
      <Popover className="popover" placement="bottom">
        <Dialog aria-label={label} className="explained">
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
