// Another officer takes this terminal. Whoever is seated stays so until the passphrase is right: the alarm rings on, the line
// stays open. What stands in the composer is kept for its author, and is not shown to the next.

import { Trans } from '@lingui/react/macro';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { SeatChooser } from '../../app/SeatChooser';
import { useSeat } from '../../app/seat';
import { Empty, Loading } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { useChanging } from './changing';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ChangeOfficer({ open, onOpenChange }: Props) {
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={onOpenChange} isDismissable>
      <Modal className="sheet">
        <Dialog>
          <Heading slot="title">
            <Trans>Who takes this terminal?</Trans>
          </Heading>
          <Others />
          <Button className="key" onPress={() => onOpenChange(false)}>
            <Trans>Close</Trans>
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Others() {
  const { session, change } = useSeat();
  const { others } = useChanging();
  if (others === null) return <Loading />;
  if (others.length === 0) {
    return (
      <Empty title={<Trans>No other officer's key is in this browser</Trans>}>
        <Trans>A registrar can enrol one here by a one-time link.</Trans>
      </Empty>
    );
  }
  return (
    <>
      <p className="note">
        <Trans>
          <Ref>{`${session.member}/${session.position}`}</Ref> stays signed on until then. What is written and not sent
          is kept as a draft that only its author sees.
        </Trans>
      </p>
      <SeatChooser seats={others} onTake={change} />
    </>
  );
}
