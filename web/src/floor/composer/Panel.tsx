// The panel over the foot of a desk, in which something is said. It is not a dialog: the desk above it goes on and stays
// readable. Escape closes it; focus begins inside and returns to where it came from.

import { Trans } from '@lingui/react/macro';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from 'react-aria-components';
import './panel.css';

interface Props {
  readonly title: ReactNode;
  readonly tone?: 'plain' | 'stop';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Panel({ title, tone = 'plain', onClose, children }: Props) {
  const heading = useId();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const found = ['[data-first]', 'textarea', '.fields input', '.fields select', 'button.key--first']
      .map((what) => panel.current?.querySelector<HTMLElement>(what))
      .find((one) => one);
    (found ?? panel.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <section
      className={`panel panel--${tone}`}
      aria-labelledby={heading}
      ref={panel}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <header className="panel__head">
        <h3 id={heading}>{title}</h3>
        <Button className="key key--small" onPress={onClose}>
          <Trans>Close</Trans>
        </Button>
      </header>
      <div className="panel__body">{children}</div>
    </section>
  );
}
