// Who is rung after a shift's own position, in order: each can be moved and taken out by its keys.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Ref } from '../../parts/Words';
import { PositionInput, Unheld, useUnheld } from './PositionInput';
import { added, moved } from './roster';

interface Props {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

export function Alternates({ value, onChange }: Props) {
  const { t } = useLingui();
  const [next, setNext] = useState('');
  const onAdd = () => {
    onChange(added(value, next));
    setNext('');
  };
  return (
    <div className="alternates">
      <ol>
        {value.map((name, at) => (
          <Alternate
            key={name}
            name={name}
            first={at === 0}
            last={at === value.length - 1}
            onMove={(by) => onChange(moved(value, name, by))}
            onRemove={() => onChange(value.filter((one) => one !== name))}
          />
        ))}
      </ol>
      <div className="inline">
        <PositionInput label={t`Next alternate`} value={next} onChange={setNext} onEnter={onAdd} />
        <Button className="key key--small" isDisabled={next.trim() === ''} onPress={onAdd}>
          <Trans>Add alternate</Trans>
        </Button>
      </div>
    </div>
  );
}

interface AlternateProps {
  readonly name: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

function Alternate({ name, first, last, onMove, onRemove }: AlternateProps) {
  const { t } = useLingui();
  const unheld = useUnheld(name);
  return (
    <li className="alternates__one">
      <Ref>{name}</Ref>
      <Button
        className="key key--small"
        aria-label={t`Ring ${name} earlier`}
        isDisabled={first}
        onPress={() => onMove(-1)}
      >
        <span aria-hidden="true">↑</span>
      </Button>
      <Button className="key key--small" aria-label={t`Ring ${name} later`} isDisabled={last} onPress={() => onMove(1)}>
        <span aria-hidden="true">↓</span>
      </Button>
      <Button className="key key--small" aria-label={t`Take ${name} out`} onPress={onRemove}>
        <span aria-hidden="true">×</span>
      </Button>
      {unheld && <Unheld />}
    </li>
  );
}
