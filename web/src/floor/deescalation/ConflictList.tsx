// Every pair of items that are not clear of each other, the worst first: what clashes, by how much, and how it is being settled.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { ConflictView } from '../../data/wire';
import { Ref } from '../../parts/Words';
import { maySay } from '../../say/rights';
import { Responses } from '../desk/Responses';
import { useOpeners } from '../opening';
import { sidesOf } from './conflicts';
import { StatusWord, VerdictWords } from './VerdictWords';
import './deescalation.css';

interface Props {
  readonly of: readonly ConflictView[];
  readonly owners: Readonly<Record<string, string>>;
  readonly onChoose: (reference: string) => void;
}

export function ConflictList({ of, owners, onChoose }: Props) {
  const { t } = useLingui();
  return (
    <ul className="conflicts" aria-label={t`What clashes`}>
      {of.map((one) => (
        <OneConflict key={one.items.join(' ')} of={one} owners={owners} onChoose={onChoose} />
      ))}
    </ul>
  );
}

function OneConflict({ of, owners, onChoose }: Omit<Props, 'of'> & { readonly of: ConflictView }) {
  const { floor, session } = useSeat();
  const { open } = useOpeners();
  const begin = () =>
    open({
      what: 'compose',
      desk: 'de-escalation',
      kind: 'coordination',
      draft: null,
      filled: { items: [...of.items], members: [...sidesOf(of, owners)] },
      to: sidesOf(of, owners).filter((code) => code !== floor.me),
    });
  const settled = of.coordination_state === 'agreed';
  return (
    <li className="conflict" data-status={of.status} data-pair={of.items.join(' ')} data-settled={settled || undefined}>
      <span className="conflict__head">
        <strong className="conflict__status">
          <StatusWord of={of.status} />
        </strong>
        {of.items.map((reference) => (
          <Button className="conflict__item" key={reference} onPress={() => onChoose(reference)}>
            <Ref>{reference}</Ref>
          </Button>
        ))}
      </span>
      <VerdictWords of={of.verdict} />
      {of.coordination === null ? (
        maySay(floor, session, 'coordination') && (
          <Button className="key key--small" data-coordinates={of.items.join(' ')} onPress={begin}>
            <Trans>Coordinate</Trans>
          </Button>
        )
      ) : (
        <span className="conflict__settling">
          {settled ? <Trans>settled in</Trans> : <Trans>being settled in</Trans>}{' '}
          <Button className="conflict__item" onPress={() => onChoose(of.coordination ?? '')}>
            <Ref>{of.coordination}</Ref>
          </Button>
          <Responses of={of.responses} />
        </span>
      )}
    </li>
  );
}
