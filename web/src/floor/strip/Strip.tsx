// The top strip, always there: whose node, whose eyes, UTC and each side's local time, a lamp for each line and for the
// record, how the page looks, STOP.

import { Trans, useLingui } from '@lingui/react/macro';
import type { FloorView, MemberRole, PeerView, RecordView, Viewer } from '../../data/floor';
import type { Look } from '../../design/theme';
import { Moment } from '../../parts/Moment';
import { useNow } from '../../parts/Now';
import { Ref, Words } from '../../parts/Words';
import { DisplayKey } from '../display/DisplayKey';
import { StopKey } from '../stop/StopKey';
import { Clocks } from './Clocks';
import { Lamp } from './Lamp';
import { peerTone, recordTone, rotated } from './lamps';
import './strip.css';

interface Props {
  readonly view: FloorView | null;
  readonly offline: boolean;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

export function Strip({ view, offline, look, onLook }: Props) {
  const { t } = useLingui();
  const nowMs = useNow();
  return (
    <header className="strip">
      <div className="strip__node">
        <h1>{view ? <NodeName code={view.node} /> : <Trans>Parley</Trans>}</h1>
        {view?.viewer ? (
          <Eyes of={view.viewer} />
        ) : (
          <p>
            <Trans>No officer is signed on</Trans>
          </p>
        )}
      </div>
      <Clocks members={view?.members ?? []} />
      {view && (
        <ul className="strip__lamps" aria-label={t`Lines and record`}>
          {rotated(view.peers, nowMs).map((peer) => (
            <li key={peer.code}>
              <PeerLamp of={peer} offline={offline} />
            </li>
          ))}
          <li>
            <RecordLamp of={view.record} offline={offline} />
          </li>
        </ul>
      )}
      <div className="strip__keys">
        <DisplayKey look={look} onLook={onLook} />
        <StopKey allowed={view?.canStop === true && !offline} />
      </div>
    </header>
  );
}

function NodeName({ code }: { readonly code: string }) {
  return (
    <Trans>
      Node of <Ref>{code}</Ref>
    </Trans>
  );
}

function Eyes({ of }: { readonly of: Viewer }) {
  return (
    <p>
      <Ref>{`${of.member}/${of.position}`}</Ref> · <RoleWord of={of.role} />
    </p>
  );
}

export function RoleWord({ of }: { readonly of: MemberRole }) {
  switch (of) {
    case 'party':
      return <Trans>party</Trans>;
    case 'facilitator':
      return <Trans>facilitator</Trans>;
    case 'observer':
      return <Trans>observer</Trans>;
  }
}

function PeerLamp({ of, offline }: { readonly of: PeerView; readonly offline: boolean }) {
  return (
    <Lamp tone={peerTone(of)} offline={offline} name={<Ref>{of.code}</Ref>}>
      {offline ? <Trans>not known</Trans> : <PeerWord of={of} />}
    </Lamp>
  );
}

function PeerWord({ of }: { readonly of: PeerView }) {
  if (of.line === 'open') return <Trans>reachable</Trans>;
  const since = <Moment atMs={of.sinceMs} />;
  if (of.cause === null) return <Trans>unreachable, cause unknown, since {since}</Trans>;
  return (
    <Trans>
      unreachable: <Words of={of.cause.text} /> {of.cause.evidence !== null && <Ref>{of.cause.evidence}</Ref>}
    </Trans>
  );
}

function RecordLamp({ of, offline }: { readonly of: RecordView; readonly offline: boolean }) {
  return (
    <Lamp tone={recordTone(of)} offline={offline} name={<Trans>Record</Trans>}>
      {offline ? <Trans>not known</Trans> : <RecordWord of={of} />}
    </Lamp>
  );
}

function RecordWord({ of }: { readonly of: RecordView }) {
  const logs = of.logs.map((log) => <Ref key={log}>{log}</Ref>);
  switch (of.state) {
    case 'agreed':
      return <Trans>all copies agree</Trans>;
    case 'catching-up':
      return <Trans>catching up: {logs}</Trans>;
    case 'queued':
      return <Trans>not signing; {of.queued} wait</Trans>;
    case 'split':
      return <Trans>SPLIT: {logs}</Trans>;
  }
}
