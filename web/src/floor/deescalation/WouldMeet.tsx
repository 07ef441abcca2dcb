// Beside the form of a notice, a zone or a standstill: what it would meet if it were filed as it is typed, and naming
// it; and what is doubtful about it.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { JsonFields, MeetingView, StandingKind } from '../../data/wire';
import { volumesIn } from '../../forms/volumes';
import { Ref } from '../../parts/Words';
import { ProblemNote } from '../composer/Sending';
import { DoubtList } from './DoubtList';
import './deescalation.css';
import { BLANK, readOtherwise } from './otherwise';
import { SayOtherwise } from './SayOtherwise';
import { useMeetings } from './useMeetings';
import { StatusWord, VerdictWords } from './VerdictWords';

const LOOKED_AT: readonly string[] = ['notice', 'zone', 'standstill'];

interface Props {
  readonly kind: string;
  readonly content: JsonFields;
  readonly besides: string | null;
  /** Takes the versions that must be named. */
  readonly onName: (versions: readonly string[]) => void;
}

export function WouldMeet(props: Props) {
  return LOOKED_AT.includes(props.kind) ? <Looked {...props} /> : null;
}

function Looked({ kind, content, besides, onName }: Props) {
  const activity = content[kind === 'zone' ? 'zone' : 'activity'];
  const [entry, setEntry] = useState(BLANK);
  const { meetings, doubts, short_ms, problem } = useMeetings(
    kind as StandingKind,
    typeof activity === 'string' ? activity : '',
    volumesIn(content['volumes']),
    besides,
    readOtherwise(entry),
  );
  const named = Array.isArray(content['overlaps']) ? (content['overlaps'] as readonly string[]) : [];
  const unnamed = meetings.filter((one) => one.must_name && !named.includes(one.version)).map((one) => one.version);
  if (problem) {
    return (
      <>
        <SayOtherwise value={entry} onChange={setEntry} />
        <ProblemNote of={problem} />
      </>
    );
  }
  return (
    <>
      <SayOtherwise value={entry} onChange={setEntry} />
      <DoubtList doubts={doubts} shortMs={short_ms} />
      {meetings.length > 0 && (
        <Met meetings={meetings} unnamed={unnamed} onName={() => onName([...named, ...unnamed])} />
      )}
    </>
  );
}

interface MetProps {
  readonly meetings: readonly MeetingView[];
  /** Versions that must be named and are not. */
  readonly unnamed: readonly string[];
  readonly onName: () => void;
}

function Met({ meetings, unnamed, onName }: MetProps) {
  return (
    <section className="meets">
      <strong>
        <Trans>As it is written it meets</Trans>
      </strong>
      <ul className="conflicts">
        {meetings.map((one) => (
          <li className="conflict" key={one.reference} data-status={one.status} data-meets={one.reference}>
            <span className="conflict__head">
              <strong className="conflict__status">
                <StatusWord of={one.status} />
              </strong>
              <Ref>{one.reference}</Ref> <Ref>{one.member}</Ref>
            </span>
            <VerdictWords of={one.verdict} />
          </li>
        ))}
      </ul>
      {unnamed.length > 0 && (
        <Button className="key key--small" data-names-them onPress={onName}>
          <Trans>File it knowing of these</Trans>
        </Button>
      )}
    </section>
  );
}
