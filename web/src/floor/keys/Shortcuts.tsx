// Hears the shortcuts and does what they say; `?` lists them.

import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { type Command, commandOf, isTyping } from './shortcuts';

const KEY = 'parley.letters';

interface Props {
  readonly onCommand: (command: Command) => void;
}

export function Shortcuts({ onCommand }: Props) {
  const [open, setOpen] = useState(false);
  const [letters, setLetters] = useState(() => localStorage.getItem(KEY) !== 'off');
  const does = useRef(onCommand);
  does.current = onCommand;
  // Before the floor is drawn: whoever has just taken the terminal sees it and presses a key in the same moment.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandOf(event, isTyping(event.target), letters);
      if (!command) return;
      event.preventDefault();
      if (command === 'shortcuts') setOpen(true);
      else does.current(command);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [letters]);
  const keep = (on: boolean) => {
    localStorage.setItem(KEY, on ? 'on' : 'off');
    setLetters(on);
  };
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={setOpen} isDismissable>
      <Modal className="sheet">
        <Dialog>
          <Heading slot="title">
            <Trans>Keys</Trans>
          </Heading>
          <KeyList />
          <label className="check">
            <input type="checkbox" checked={letters} onChange={({ target }) => keep(target.checked)} />
            <Trans>Single letters work where nothing is being typed</Trans>
          </label>
          <Button className="key" onPress={() => setOpen(false)}>
            <Trans>Close</Trans>
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function KeyList() {
  const { t } = useLingui();
  const keys: readonly (readonly [string, ReactNode])[] = [
    ['F9', t`Call a STOP, from anywhere`],
    ['F8', t`Acknowledge what rings, from anywhere`],
    ['A', t`Acknowledge what rings`],
    ['P', t`On watch: answer the proof of life`],
    ['M', t`Silence the alarm here for 60 s`],
    ['N', t`Write`],
    ['D', t`Drafts`],
    ['O 1 … 9', t`Another officer takes this terminal: the one of that number`],
    ['L', t`The Line`],
    ['R', t`The record`],
    ['/', t`Search`],
    ['W', t`Watch mode, and back`],
    ['1 … 9', t`The desk of that number`],
    ['?', t`This list`],
    ['Esc', t`Close what is open`],
  ];
  return (
    <dl className="keylist">
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd dir="ltr">{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
