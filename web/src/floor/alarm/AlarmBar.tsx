// The alarm beside Now: how many ring, and the key that silences them here for a minute. Silence is not an acknowledgement.

import { Plural, Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { Bell } from '../../parts/icons';
import { useNow } from '../../parts/Now';
import { Span } from '../../parts/Span';
import { useAlarm } from './AlarmProvider';

export function AlarmBar() {
  const { model, rings, audible, wake, silence } = useAlarm();
  const nowMs = useNow();
  return (
    <div className="alarm" data-loudness={model.loudness}>
      {!audible && (
        <Button className="key key--small" onPress={wake}>
          <Bell />
          <Trans>Sound is off: turn it on</Trans>
        </Button>
      )}
      {rings.length > 0 && model.loudness !== 'none' && (
        <Button className="key key--small key--silence" onPress={silence}>
          <Bell />
          <Plural value={model.heard.length} one="Silence # ring for 60 s" other="Silence # rings for 60 s" />{' '}
          <kbd>M</kbd>
        </Button>
      )}
      {model.silentUntilMs !== null && model.loudness === 'none' && (
        <span className="note">
          <Trans>
            silent here for <Span ms={model.silentUntilMs - nowMs} />, not acknowledged
          </Trans>
        </span>
      )}
    </div>
  );
}
