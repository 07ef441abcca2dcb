// When the alarm of this terminal was heard last, and the check of it.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { Bell } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { Ref } from '../../parts/Words';
import { useAlarmCheck } from '../alarm/AlarmCheckProvider';

export function AlarmChoice({ onChoose }: { readonly onChoose: () => void }) {
  const { check, open } = useAlarmCheck();
  const begin = () => {
    onChoose();
    open();
  };
  return (
    <div className="choice">
      <span>
        <Trans>Alarm</Trans>
      </span>
      <div className="choice__options">
        <Button className="key" onPress={begin}>
          <Bell />
          <Trans>Check the alarm</Trans>
        </Button>
      </div>
      {check && (
        <p className="note">
          {check.heard ? (
            <Trans>
              heard by <Ref>{check.position}</Ref> at <Moment atMs={check.atMs} date />
            </Trans>
          ) : (
            <Trans>
              not heard by <Ref>{check.position}</Ref> at <Moment atMs={check.atMs} date />
            </Trans>
          )}
        </p>
      )}
    </div>
  );
}
