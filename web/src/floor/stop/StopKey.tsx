// The STOP key: red, always in the same place, first by keyboard after the skip links' targets. Where this page cannot send
// STOP it says so at once and says what to do instead; it is never greyed out, so that nobody presses a dead key.

import { Trans } from '@lingui/react/macro';
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Hand } from '../../parts/icons';
import './stop.css';

export function StopKey({ allowed }: { readonly allowed: boolean }) {
  return (
    <DialogTrigger>
      <Button className="key key--stop">
        <Hand />
        <Trans>STOP</Trans>
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="sheet sheet--stop">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title">
                  <Trans>Call a STOP</Trans>
                </Heading>
                {allowed ? <What /> : <Instead />}
                <Button className="key" onPress={close}>
                  <Trans>Close</Trans>
                </Button>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function What() {
  return (
    <p>
      <Trans>STOP asks every member to cease an activity now. It acts first and is clarified afterwards.</Trans>
    </p>
  );
}

function Instead() {
  return (
    <p className="sheet__instead">
      <Trans>
        STOP cannot be sent from this page now: no officer's key is in force here, or the line to the node is lost. Call
        by telephone at once.
      </Trans>
    </p>
  );
}
