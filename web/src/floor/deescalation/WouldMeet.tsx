// Beside the form of a notice, a zone or a standstill: what it would meet if it were filed as it is typed, and naming it.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import type { JsonFields, StandingKind } from '../../data/wire';
import { volumesIn } from '../../forms/volumes';
import { Ref } from '../../parts/Words';
import { ProblemNote } from '../composer/Sending';
import './deescalation.css';
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
  const { meetings, problem } = useMeetings(
    kind as StandingKind,
    typeof activity === 'string' ? activity : '',
    volumesIn(content['volumes']),
    besides,
  );
  const named = Array.isArray(content['overlaps']) ? (content['overlaps'] as readonly string[]) : [];
  const unnamed = meetings.filter((one) => one.must_name && !named.includes(one.version)).map((one) => one.version);
  if (problem) return <ProblemNote of={problem} />;
  if (meetings.length === 0) return null;
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
        <Button className="key key--small" data-names-them onPress={() => onName([...named, ...unnamed])}>
          <Trans>File it knowing of these</Trans>
        </Button>
      )}
    </section>
  );
}
