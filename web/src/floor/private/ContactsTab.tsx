// Contacts: whom the watch calls, on which numbers, when, in which languages. Two officers may change one: the second is told.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from '../../data/client';
import { useContacts, useLineOpen } from '../../data/queries';
import type { Contact, ContactBody } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Empty, InStanding } from '../../parts/States';
import { Ref, Words } from '../../parts/Words';
import { ProblemNote } from '../composer/Sending';
import { languagesIn, telephonesIn } from './entries';
import { KeptKeys } from './KeptKeys';
import { LineField, TextField } from './TextField';
import { useKeeping } from './useKeeping';

export function ContactsTab() {
  const client = useClient();
  const standing = useContacts();
  const keeping = useKeeping('contacts');
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
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
          <Trans>Add a contact</Trans>
        </Button>
      )}
      <ProblemNote of={keeping.problem} />
      <InStanding
        standing={standing}
        isEmpty={(page) => page.contacts.length === 0}
        empty={<Empty title={<Trans>No contact is kept</Trans>} />}
      >
        {(page) => (
          <ul className="private__rows">
            {page.contacts.map((one) => (
              <li key={one.id} className="private__row" data-kept={one.id}>
                <Person of={one.body} />
                <KeptKeys
                  keeping={keeping}
                  onChange={() => setEditing(one)}
                  onDelete={() => client.deleteContact(one)}
                />
              </li>
            ))}
          </ul>
        )}
      </InStanding>
    </>
  );
}

function Person({ of }: { readonly of: ContactBody }) {
  const said = (text: string) => <Words of={{ text, language: of.language }} />;
  return (
    <>
      <p className="entry-row__head">
        <strong>
          <Words of={{ text: of.name, language: '' }} />
        </strong>
        {of.position && said(of.position)}
        {of.body && <Words of={{ text: of.body, language: '' }} />}
        {of.telephones.map((number) => (
          <Ref key={number}>{number}</Ref>
        ))}
        {of.languages.length > 0 && <Ref>{of.languages.join(' ')}</Ref>}
      </p>
      {(of.hours || of.note) && (
        <p className="note">
          {of.hours && said(of.hours)} {of.note && said(of.note)}
        </p>
      )}
    </>
  );
}

function Editing({ of, onDone }: { readonly of: Contact | null; readonly onDone: () => void }) {
  const { t } = useLingui();
  const client = useClient();
  const lineOpen = useLineOpen();
  const { language: own } = useLanguage();
  const keeping = useKeeping('contacts');
  const [entry, setEntry] = useState(() => ({
    name: of?.body.name ?? '',
    position: of?.body.position ?? '',
    body: of?.body.body ?? '',
    telephones: (of?.body.telephones ?? []).join(', '),
    languages: (of?.body.languages ?? []).join(' '),
    hours: of?.body.hours ?? '',
    note: of?.body.note ?? '',
    language: of?.body.language ?? own,
  }));
  const set = (part: Partial<typeof entry>) => setEntry({ ...entry, ...part });
  const telephones = telephonesIn(entry.telephones);
  const languages = languagesIn(entry.languages);
  const keep = async () => {
    if (!telephones.ok || !languages.ok) return;
    const body = { ...entry, telephones: telephones.value, languages: languages.value };
    if (await keeping.keep(() => client.keepContact(body, of))) onDone();
  };
  return (
    <form
      className="private__form"
      aria-label={t`Contact`}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <div className="private__fields">
        <LineField
          title={<Trans>Name</Trans>}
          name="name"
          value={entry.name}
          onChange={(name) => set({ name })}
          required
        />
        <LineField
          title={<Trans>Position</Trans>}
          name="position"
          value={entry.position}
          onChange={(position) => set({ position })}
        />
        <LineField
          title={<Trans>Member or body</Trans>}
          name="body"
          value={entry.body}
          onChange={(body) => set({ body })}
        />
        <LineField
          title={<Trans>Telephone numbers, in the order in which they are tried</Trans>}
          name="telephones"
          value={entry.telephones}
          onChange={(text) => set({ telephones: text })}
          dir="ltr"
          required
          note={<Trans>digits, parted by commas</Trans>}
          fault={telephones.ok ? null : telephones.fault}
        />
        <LineField
          title={<Trans>Languages spoken</Trans>}
          name="languages"
          value={entry.languages}
          onChange={(text) => set({ languages: text })}
          dir="ltr"
          note={<Trans>such as: ar he en</Trans>}
          fault={languages.ok ? null : languages.fault}
        />
        <LineField title={<Trans>Hours</Trans>} name="hours" value={entry.hours} onChange={(hours) => set({ hours })} />
      </div>
      <TextField
        title={<Trans>Note</Trans>}
        name="note"
        text={entry.note}
        language={entry.language}
        onText={(note) => set({ note })}
        onLanguage={(language) => set({ language })}
      />
      <ProblemNote of={keeping.problem} />
      <div className="saying__keys">
        <Button
          type="submit"
          className="key key--first"
          isDisabled={keeping.busy || !lineOpen || entry.name.trim() === '' || !telephones.ok || !languages.ok}
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
