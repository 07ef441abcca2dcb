// The head of what is being written: precedence, addressees, channel, mandate.

import { Trans, useLingui } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import type { PrecedenceName } from '../../data/wire';
import { Select } from '../../forms/Select';
import { PrecedenceWord } from '../../parts/PrecedenceMark';
import { Ref } from '../../parts/Words';
import { PRECEDENCES } from '../../record/statement';
import { atPrecedence, onChannel } from '../../say/about';
import { addresseesOn, channelsFor, mandatesFor } from '../../say/rights';
import type { Saying } from '../../say/saying';

interface Props {
  readonly saying: Saying;
  readonly onChange: (saying: Saying) => void;
}

export function Heading({ saying, onChange }: Props) {
  const { t } = useLingui();
  const { floor, session } = useSeat();
  const channels = channelsFor(floor, saying.kind);
  const channel = floor.channel(saying.channel);
  const possible = channel ? addresseesOn(floor, channel).possible : [];
  const mandates = mandatesFor(floor, session, saying.kind, saying.precedence);
  return (
    <div className="heading">
      <fieldset className="heading__precedence">
        <legend>
          <Trans>Precedence</Trans>
        </legend>
        {PRECEDENCES.map((precedence) => (
          <PrecedenceKey
            key={precedence}
            of={precedence}
            chosen={saying.precedence === precedence}
            allowed={mandatesFor(floor, session, saying.kind, precedence).length > 0}
            onChoose={() => onChange(atPrecedence(floor, session, saying, precedence))}
          />
        ))}
      </fieldset>
      <fieldset className="heading__addressees">
        <legend>
          <Trans>To</Trans>
        </legend>
        {possible.map((code) => (
          <label className="check" key={code}>
            <input
              type="checkbox"
              checked={saying.addressees.includes(code)}
              onChange={({ target }) =>
                onChange({
                  ...saying,
                  addressees: possible.filter((one) =>
                    one === code ? target.checked : saying.addressees.includes(one),
                  ),
                })
              }
            />
            <Ref>{code}</Ref>
          </label>
        ))}
      </fieldset>
      {channels.length > 1 && (
        <Select
          label={t`Channel`}
          value={saying.channel}
          options={channels.map((one) => ({ value: one.name, title: one.title }))}
          onChange={(name) => {
            const chosen = floor.channel(name);
            if (chosen) onChange(onChannel(floor, saying, chosen));
          }}
        />
      )}
      {mandates.length > 1 && (
        <Select
          label={t`Mandate`}
          value={saying.mandate}
          options={mandates.map((one) => ({ value: one.name, title: one.title }))}
          onChange={(mandate) => onChange({ ...saying, mandate })}
        />
      )}
    </div>
  );
}

interface KeyProps {
  readonly of: PrecedenceName;
  readonly chosen: boolean;
  readonly allowed: boolean;
  readonly onChoose: () => void;
}

function PrecedenceKey({ of, chosen, allowed, onChoose }: KeyProps) {
  return (
    <label
      className={`precedence-key precedence-key--${of}`}
      data-chosen={chosen || undefined}
      data-closed={!allowed || undefined}
    >
      <input type="radio" name="precedence" checked={chosen} disabled={!allowed} onChange={onChoose} />
      <PrecedenceWord of={of} />
    </label>
  );
}
