// Changing and deleting one thing that is kept. Deleting asks once more: what is deleted is overwritten on the disk.

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useLineOpen } from '../../data/queries';
import type { Keeping } from './useKeeping';

interface Props {
  readonly keeping: Keeping;
  readonly onChange: () => void;
  readonly onDelete: () => Promise<void>;
}

export function KeptKeys({ keeping, onChange, onDelete }: Props) {
  const lineOpen = useLineOpen();
  const [asked, setAsked] = useState(false);
  return (
    <div className="private__keys">
      <Button className="key key--small" isDisabled={!lineOpen} onPress={onChange}>
        <Trans>Change</Trans>
      </Button>
      {asked ? (
        <Button
          className="key key--small key--danger"
          isDisabled={keeping.busy || !lineOpen}
          onPress={() => void keeping.keep(onDelete)}
        >
          <Trans>Delete for good</Trans>
        </Button>
      ) : (
        <Button className="key key--small" isDisabled={!lineOpen} onPress={() => setAsked(true)}>
          <Trans>Delete</Trans>
        </Button>
      )}
    </div>
  );
}
