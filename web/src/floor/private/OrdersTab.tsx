// Standing orders: what the watch is to do until it is told otherwise, from when, until when, and who gave them.

import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { useLineOpen, useOrders } from '../../data/queries';
import type { OrderBody, StandingOrder } from '../../data/wire';
import { InstantInput } from '../../forms/InstantInput';
import { type InstantEntry, readInstant, writeInstant } from '../../forms/instant';
import { LabelledGroup } from '../../forms/Labelled';
import type { Fault } from '../../forms/read';
import { useLanguage } from '../../language/LanguageProvider';
import { Moment } from '../../parts/Moment';
import { useNow } from '../../parts/Now';
import { Empty, InStanding } from '../../parts/States';
import { Passage, Words } from '../../parts/Words';
import { ProblemNote } from '../composer/Sending';
import { KeptKeys } from './KeptKeys';
import { LineField, TextField } from './TextField';
import { useKeeping } from './useKeeping';

export function OrdersTab() {
  const client = useClient();
  const standing = useOrders();
  const keeping = useKeeping('orders');
  const [editing, setEditing] = useState<StandingOrder | 'new' | null>(null);
  return (
    <>
      {editing ? (
        <Editing
          key={editing === 'new' ? '' : `${editing.id} ${editing.version}`}
          of={editing === 'new' ? null : editing}
          onDone={() => setEditing(null)}
        />
      ) : (
        <Button className="key key--first" onPress={() => setEditing('new')}>
          <Trans>Add a standing order</Trans>
        </Button>
      )}
      <ProblemNote of={keeping.problem} />
      <InStanding
        standing={standing}
        isEmpty={(page) => page.orders.length === 0}
        empty={<Empty title={<Trans>No standing order is kept</Trans>} />}
      >
        {(page) => (
          <ul className="private__rows">
            {page.orders.map((one) => (
              <li key={one.id} className="private__row" data-kept={one.id}>
                <Order of={one.body} />
                <KeptKeys keeping={keeping} onChange={() => setEditing(one)} onDelete={() => client.deleteOrder(one)} />
              </li>
            ))}
          </ul>
        )}
      </InStanding>
    </>
  );
}

function Order({ of }: { readonly of: OrderBody }) {
  const nowMs = useNow();
  const stands = (of.from_ms === null || of.from_ms <= nowMs) && (of.until_ms === null || nowMs < of.until_ms);
  return (
    <>
      <p className="entry-row__head">
        <span className="chip">
          {stands ? (
            <Trans comment="of a standing order">stands</Trans>
          ) : (
            <Trans comment="of a standing order">does not stand now</Trans>
          )}
        </span>
        <Words of={{ text: of.given_by, language: '' }} />
        {of.from_ms !== null && (
          <Trans>
            from <Moment atMs={of.from_ms} date />
          </Trans>
        )}
        {of.until_ms !== null && (
          <Trans>
            until <Moment atMs={of.until_ms} date />
          </Trans>
        )}
      </p>
      <Passage of={of} />
    </>
  );
}

function Editing({ of, onDone }: { readonly of: StandingOrder | null; readonly onDone: () => void }) {
  const { t } = useLingui();
  const client = useClient();
  const { session } = useSeat();
  const lineOpen = useLineOpen();
  const { language: own } = useLanguage();
  const keeping = useKeeping('orders');
  const [text, setText] = useState(of?.body.text ?? '');
  const [language, setLanguage] = useState<string>(of?.body.language ?? own);
  const [givenBy, setGivenBy] = useState(of?.body.given_by ?? session.position);
  const [from, setFrom] = useState(() => entryOf(of?.body.from_ms ?? null));
  const [until, setUntil] = useState(() => entryOf(of?.body.until_ms ?? null));
  const times = [from, until].map((entry) => (entry === null ? null : readInstant(entry)));
  const [fromMs, untilMs] = times.map((read) => (read?.ok ? read.value : null));
  const endsFirst = fromMs != null && untilMs != null && untilMs <= fromMs;
  const sound = times.every((read) => read === null || read.ok) && !endsFirst;
  const [fromFault, untilFault] = times.map((read) => (read === null || read.ok ? null : read.fault));
  const keep = async () => {
    const body = { text, language, given_by: givenBy, from_ms: fromMs ?? null, until_ms: untilMs ?? null };
    if (await keeping.keep(() => client.keepOrder(body, of))) onDone();
  };
  return (
    <form
      className="private__form"
      aria-label={t`Standing order`}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <TextField
        title={<Trans>What is ordered</Trans>}
        name="text"
        text={text}
        language={language}
        onText={setText}
        onLanguage={setLanguage}
        required
      />
      <LineField title={<Trans>Given by</Trans>} name="given_by" value={givenBy} onChange={setGivenBy} required />
      <MaybeInstant
        title={<Trans>Stands from</Trans>}
        name="from_ms"
        value={from}
        onChange={setFrom}
        fault={fromFault}
      />
      <MaybeInstant
        title={<Trans>Stands until</Trans>}
        name="until_ms"
        value={until}
        onChange={setUntil}
        fault={endsFirst ? 'window' : untilFault}
      />
      <ProblemNote of={keeping.problem} />
      <div className="saying__keys">
        <Button
          type="submit"
          className="key key--first"
          isDisabled={keeping.busy || !lineOpen || text.trim() === '' || givenBy.trim() === '' || !sound}
        >
          <Trans>Keep</Trans>
        </Button>
        <Button className="key" onPress={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

interface MaybeProps {
  readonly title: ReactNode;
  readonly name: string;
  readonly value: InstantEntry | null;
  readonly onChange: (value: InstantEntry | null) => void;
  readonly fault: Fault | null | undefined;
}

/** A moment that may be left open. */
function MaybeInstant({ title, name, value, onChange, fault = null }: MaybeProps) {
  return (
    <LabelledGroup title={title} name={name} fault={fault}>
      {(bound) =>
        value === null ? (
          <Button className="key key--small" data-adds={name} onPress={() => onChange(entryOf(Date.now()))}>
            <Trans>Set a time</Trans>
          </Button>
        ) : (
          <>
            <InstantInput bound={bound} value={value} onChange={onChange} />
            <Button className="key key--small" onPress={() => onChange(null)}>
              <Trans>Leave it open</Trans>
            </Button>
          </>
        )
      }
    </LabelledGroup>
  );
}

const entryOf = (atMs: number | null): InstantEntry | null => (atMs === null ? null : writeInstant(atMs, null));
