// One of a few, as radio keys.

import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';

interface Props<Value extends string> {
  readonly label: ReactNode;
  readonly value: Value;
  readonly options: readonly (readonly [Value, ReactNode])[];
  readonly onChoose: (value: Value) => void;
}

export function Choice<Value extends string>({ label, value, options, onChoose }: Props<Value>) {
  const pick = (chosen: string) => {
    const option = options.find(([one]) => one === chosen);
    if (option) onChoose(option[0]);
  };
  return (
    <RadioGroup className="choice" value={value} onChange={pick} orientation="horizontal">
      <Label>{label}</Label>
      <div className="choice__options">
        {options.map(([one, name]) => (
          <Radio key={one} value={one} className="choice__option">
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
