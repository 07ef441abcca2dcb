// The keys of the theatre, and its language.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group } from 'react-aria-components';
import { useLanguage } from '../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../language/languages';
import { Chevrons, Clock, Hand, Onward } from '../parts/icons';
import { Words } from '../parts/Words';
import type { Acting } from './state';

export function Head({ acting, quiet }: { readonly acting: Acting; readonly quiet: boolean }) {
  const { t } = useLingui();
  const { busy, problem, act } = acting;
  return (
    <header className="head">
      <div className="head__name">
        <h1>
          <Trans>Every floor, side by side</Trans>
        </h1>
        <p>
          <Trans>each in a frame of its own node</Trans>
        </p>
      </div>
      <Group className="head__keys" aria-label={t`Make it happen`}>
        <Button className="key key--flash" data-act="flash" onPress={() => act({ act: 'flash' })}>
          <Chevrons count={3} />
          <Trans>Send a FLASH</Trans>
        </Button>
        <Button className="key key--flash" data-act="stop" onPress={() => act({ act: 'stop' })}>
          <Hand />
          <Trans>Call a STOP</Trans>
        </Button>
        <Button className="key" data-act="restore" onPress={() => act({ act: 'restore' })}>
          <Onward />
          <Trans>Restore lines and nodes</Trans>
        </Button>
        <Button
          className="key"
          data-act="traffic"
          aria-pressed={!quiet}
          onPress={() => act({ act: quiet ? 'talk' : 'quiet' })}
        >
          <Clock />
          <Trans>Scripted traffic</Trans>
          <span className="head__onoff">{quiet ? <Trans>off</Trans> : <Trans>on</Trans>}</span>
        </Button>
      </Group>
      <div className="head__told" role="status">
        {busy && (busy.act === 'restore' || busy.act === 'kill') && <Trans>under way…</Trans>}
        {problem && (
          <span className="head__problem">
            <Trans>Not done:</Trans> <Words of={{ text: problem.message, language: 'en' }} />
          </span>
        )}
      </div>
      <Languages />
    </header>
  );
}

function Languages() {
  const { t } = useLingui();
  const { language, choose } = useLanguage();
  return (
    <Group className="head__languages" aria-label={t`Language`}>
      {LANGUAGES.map((one) => (
        <Button
          className="key key--small"
          key={one}
          lang={one}
          aria-pressed={one === language}
          onPress={() => void choose(one)}
        >
          {FACTS[one].name}
        </Button>
      ))}
    </Group>
  );
}
