// On the strip, for as long as nobody has heard the alarm of this terminal this watch; it opens the check.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { Bell } from '../../parts/icons';
import { useAlarmCheck } from './AlarmCheckProvider';
import './check.css';

export function AlarmKey() {
  const { t } = useLingui();
  const { standing, open } = useAlarmCheck();
  if (standing === 'proved') return null;
  const unheard = standing === 'not-heard';
  return (
    <Button
      className="key key--alarm"
      data-standing={standing}
      aria-label={unheard ? t`Alarm not heard` : t`Alarm not proved`}
      onPress={open}
    >
      <Bell />
      <span className="key__word">{unheard ? <Trans>Alarm not heard</Trans> : <Trans>Alarm not proved</Trans>}</span>
    </Button>
  );
}
