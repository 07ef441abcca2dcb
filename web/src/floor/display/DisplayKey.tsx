// How the page looks on this terminal: language, theme, contrast, and whether it shows the whole floor or the watch only.
// Languages bear their own names, whatever language is on.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Label, Popover, Radio, RadioGroup } from 'react-aria-components';
import { CONTRASTS, type Look, MODES, THEMES } from '../../design/theme';
import { useLanguage } from '../../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../../language/languages';
import { Sliders } from '../../parts/icons';
import './display.css';

interface Props {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

export function DisplayKey({ look, onLook }: Props) {
  const { t } = useLingui();
  const { language, choose } = useLanguage();
  const themes = { day: <Trans>Day</Trans>, night: <Trans>Night</Trans> };
  const contrasts = { usual: <Trans>Usual</Trans>, more: <Trans>High contrast</Trans> };
  const modes = { floor: <Trans>Whole floor</Trans>, watch: <Trans>Watch only: Now, Line and STOP</Trans> };
  return (
    <DialogTrigger>
      <Button className="key">
        <Sliders />
        <Trans>Display</Trans>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog aria-label={t`Display`}>
          <Choice
            label={<Trans>Language</Trans>}
            value={language}
            onChoose={(next) => void choose(next)}
            options={LANGUAGES.map((one) => [
              one,
              <span key={one} lang={one} dir={FACTS[one].dir}>
                {FACTS[one].name}
              </span>,
            ])}
          />
          <Choice
            label={<Trans>Light</Trans>}
            value={look.theme}
            onChoose={(theme) => onLook({ ...look, theme })}
            options={THEMES.map((one) => [one, themes[one]])}
          />
          <Choice
            label={<Trans>Contrast</Trans>}
            value={look.contrast}
            onChoose={(contrast) => onLook({ ...look, contrast })}
            options={CONTRASTS.map((one) => [one, contrasts[one]])}
          />
          <Choice
            label={<Trans>On screen</Trans>}
            value={look.mode}
            onChoose={(mode) => onLook({ ...look, mode })}
            options={MODES.map((one) => [one, modes[one]])}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: ReactNode;
  readonly value: Value;
  readonly options: readonly (readonly [Value, ReactNode])[];
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
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
