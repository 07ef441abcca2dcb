// The STOP key: red, always in the same place. Where this page cannot send STOP it says so at once and says what to do
// instead; it is never greyed out, so that nobody presses a dead key.

import { Trans } from '@lingui/react/macro';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { Hand } from '../../parts/icons';
import { sayingOpening } from '../../say/about';
import { StopForm } from './StopForm';
import './stop.css';
import { useStopOpen } from './StopContext';

export function StopKey({ allowed }: { readonly allowed: boolean }) {
  const { open, setOpen } = useStopOpen();
  const { floor, session } = useSeat();
  const saying = sayingOpening(floor, session, 'stop', 'FLASH');
  const readers = saying && floor.channel(saying.channel)?.content.filter((code) => code !== floor.me);
  return (
    <>
      <Button className="key key--stop" onPress={() => setOpen(true)}>
        <Hand />
        <Trans>STOP</Trans>
        <kbd>F9</kbd>
      </Button>
      <ModalOverlay
        className="veil"
        isOpen={open}
        onOpenChange={setOpen}
        isDismissable
        isKeyboardDismissDisabled={false}
      >
        <Modal className="sheet sheet--stop">
          <Dialog role="alertdialog">
            <Heading slot="title">
              <Trans>Call a STOP</Trans>
            </Heading>
            {allowed && saying ? (
              <StopForm
                saying={{ ...saying, addressees: readers ?? saying.addressees }}
                onDone={() => setOpen(false)}
              />
            ) : (
              <>
                <Instead />
                <Button className="key" onPress={() => setOpen(false)}>
                  <Trans>Close</Trans>
                </Button>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
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
