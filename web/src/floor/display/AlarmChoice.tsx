// Whether the alarm is heard and seen here: a test of the sound, and leave to show notifications on the desktop.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Bell } from '../../parts/icons';
import { useAlarm } from '../alarm/AlarmProvider';

const permission = (): string => (typeof Notification === 'undefined' ? 'denied' : Notification.permission);

export function AlarmChoice() {
  const { play, wake } = useAlarm();
  const [granted, setGranted] = useState(permission);
  const test = () => {
    wake();
    setTimeout(() => play('urgent'), 200);
  };
  return (
    <div className="choice">
      <span>
        <Trans>Alarm</Trans>
      </span>
      <div className="choice__options">
        <Button className="key" onPress={test}>
          <Bell />
          <Trans>Hear it</Trans>
        </Button>
        {granted === 'default' && (
          <Button className="key" onPress={() => void Notification.requestPermission().then(setGranted)}>
            <Trans>Show it on the desktop too</Trans>
          </Button>
        )}
      </div>
    </div>
  );
}
