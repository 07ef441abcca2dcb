// The officers of this member, and, for a registrar on duty, what the charter lets one do: a lost key is replaced by another
// through a one-time link, and a key is revoked.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useOfficers } from '../../data/queries';
import type { OfficersView, OfficerView } from '../../data/wire';
import { InStanding } from '../../parts/States';
import { Code, Ref } from '../../parts/Words';
import { dutyMandate, mayTouch } from '../../say/registering';
import { Panel } from '../composer/Panel';
import { Inviting } from './Inviting';
import './people.css';
import { Revoking } from './Revoking';

type Doing = { readonly what: 'invite' | 'revoke'; readonly officer: OfficerView } | null;

export function PeoplePanel({ onClose }: { readonly onClose: () => void }) {
  const officers = useOfficers();
  const [doing, setDoing] = useState<Doing>(null);
  const back = () => setDoing(null);
  return (
    <Panel title={<Trans>Officers of this member</Trans>} onClose={onClose}>
      <InStanding standing={officers} isEmpty={() => false} empty={null}>
        {(view) =>
          doing?.what === 'invite' ? (
            <Inviting officer={doing.officer} view={view} onBack={back} />
          ) : doing?.what === 'revoke' ? (
            <Revoking officer={doing.officer} view={view} onBack={back} />
          ) : (
            <List view={view} onDo={setDoing} />
          )
        }
      </InStanding>
    </Panel>
  );
}

function List({ view, onDo }: { readonly view: OfficersView; readonly onDo: (doing: Doing) => void }) {
  const { floor, session } = useSeat();
  const duty = dutyMandate(floor, session);
  return (
    <>
      <p className="note">
        {duty ? (
          <Trans>
            You are a registrar on duty, under the mandate <bdi>{duty.title}</bdi>. What you sign here every member
            checks by the charter; your member's registrar and root stand above it.
          </Trans>
        ) : (
          <Trans>A registrar enrols and revokes them. Whoever lost a key asks a registrar for a one-time link.</Trans>
        )}
      </p>
      <ul className="officers">
        {view.officers.map((officer) => (
          <li key={officer.kid} data-officer={officer.position}>
            <Ref>{officer.position}</Ref>
            <span className="note">
              <Code>{officer.kid}</Code>
            </span>
            <span className="officers__mandates">
              {officer.mandates.map((name) => (
                <bdi className="chip" key={name}>
                  {floor.view.mandates.find((one) => one.name === name)?.title ?? name}
                </bdi>
              ))}
            </span>
            {duty && mayTouch(floor, officer) && (
              <span className="officers__keys">
                <Button className="key key--small" data-do="invite" onPress={() => onDo({ what: 'invite', officer })}>
                  <Trans>New key…</Trans>
                </Button>
                <Button className="key key--small" data-do="revoke" onPress={() => onDo({ what: 'revoke', officer })}>
                  <Trans>Revoke…</Trans>
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
