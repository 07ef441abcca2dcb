// How the page looks and speaks on this terminal: language, light, contrast, what is on screen; how its officer writes times,
// places and heights; each member's clock; whether the alarm can be heard and seen.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { CONTRASTS, type Look, MODES, THEMES } from '../../design/theme';
import { useConventions } from '../../forms/ConventionsProvider';
import { COORDINATES, type Conventions, LENGTHS } from '../../forms/conventions';
import { useLanguage } from '../../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../../language/languages';
import { Sliders } from '../../parts/icons';
import { AlarmChoice } from './AlarmChoice';
import { Choice } from './Choice';
import './display.css';
import { ZoneChoices } from './ZoneChoices';

interface Props {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

export function DisplayKey({ look, onLook }: Props) {
  const { t } = useLingui();
  const { language, choose } = useLanguage();
  const { conventions, keep } = useConventions();
  const themes = { day: <Trans>Day</Trans>, night: <Trans>Night</Trans> };
  const contrasts = { usual: <Trans>Usual</Trans>, more: <Trans>High contrast</Trans> };
  const modes = { floor: <Trans>Whole floor</Trans>, watch: <Trans>Watch only: Now, Line and STOP</Trans> };
  const coordinates = { degrees: t`degrees`, dms: t`deg min sec`, mgrs: t`grid (MGRS)` };
  const lengths = { m: <Trans>metres</Trans>, ft: <Trans>feet</Trans> };
  const set = (part: Partial<Conventions>) => keep({ ...conventions, ...part });
  return (
    <DialogTrigger>
      <Button className="key" aria-label={t`Display`}>
        <Sliders />
        <span className="key__word">
          <Trans>Display</Trans>
        </span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="display" aria-label={t`Display`}>
          {({ close }) => (
            <>
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
              <Choice
                label={<Trans>Places are written in</Trans>}
                value={conventions.coordinates}
                onChoose={(chosen) => set({ coordinates: chosen })}
                options={COORDINATES.map((one) => [one, coordinates[one]])}
              />
              <Choice
                label={<Trans>Heights are written in</Trans>}
                value={conventions.lengths}
                onChoose={(chosen) => set({ lengths: chosen })}
                options={LENGTHS.map((one) => [one, lengths[one]])}
              />
              <ZoneChoices conventions={conventions} onChange={set} />
              <AlarmChoice onChoose={close} />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
