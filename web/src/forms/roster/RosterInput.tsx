// A roster, edited as shifts; its JSON stands behind a key. What it comes to is shown at once beside it.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useCase, useNowView } from '../../data/queries';
import { shown } from '../../data/standing';
import type { Json } from '../../data/wire';
import type { Bound } from '../Labelled';
import { Absences, Holidays } from './Exceptions';
import { PositionInput, PositionsList } from './PositionInput';
import { RosterDays } from './RosterDays';
import './roster.css';
import { blankRoster, entryOfRoster, type RosterEntry, rosterOf } from './roster';
import { Shifts } from './Shifts';

interface Props {
  readonly bound: Bound;
  readonly text: string;
  readonly onText: (text: string) => void;
}

export function RosterInput({ bound, text, onText }: Props) {
  const [entry, setEntry] = useState<RosterEntry | null>(() => firstEntry(text));
  const onEntry = (next: RosterEntry) => {
    setEntry(next);
    onText(JSON.stringify(rosterOf(next), null, 2));
  };
  const onForm = () => {
    const read = firstEntry(text);
    if (read) onEntry(read);
  };
  return (
    <div className="roster stack">
      <PositionsList />
      <div className="inline">
        <InForce onStart={onEntry} />
        {entry ? (
          <Button className="key key--small" data-json onPress={() => setEntry(null)}>
            <Trans>As JSON</Trans>
          </Button>
        ) : (
          <Button className="key key--small" isDisabled={!firstEntry(text)} onPress={onForm}>
            <Trans>As a form</Trans>
          </Button>
        )}
      </div>
      {entry ? (
        <Editing entry={entry} onEntry={onEntry} />
      ) : (
        <textarea
          {...bound}
          className="input input--text"
          dir="ltr"
          rows={12}
          value={text}
          onChange={({ target }) => onText(target.value)}
        />
      )}
    </div>
  );
}

interface EditingProps {
  readonly entry: RosterEntry;
  readonly onEntry: (entry: RosterEntry) => void;
}

function Editing({ entry, onEntry }: EditingProps) {
  const { t } = useLingui();
  const set = (part: Partial<RosterEntry>) => onEntry({ ...entry, ...part });
  return (
    <div className="roster__columns">
      <div className="roster__form">
        <div className="inline">
          <label className="shift__clock">
            <Trans>Time zone</Trans>
            <input
              className="input roster__zone"
              dir="ltr"
              list="roster-zones"
              maxLength={64}
              value={entry.zone}
              onChange={({ target }) => set({ zone: target.value })}
            />
          </label>
          <datalist id="roster-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <span className="shift__clock">
            <Trans>Liaison, rung last</Trans>
            <PositionInput label={t`Liaison`} value={entry.liaison} onChange={(liaison) => set({ liaison })} />
          </span>
        </div>
        <Shifts value={entry.shifts} onChange={(shifts) => set({ shifts })} />
        <Absences zone={entry.zone} value={entry.absences} onChange={(absences) => set({ absences })} />
        <Holidays value={entry.holidays} onChange={(holidays) => set({ holidays })} />
      </div>
      <RosterDays value={rosterOf(entry)} />
    </div>
  );
}

/** The roster that is in force here, to begin with. */
function InForce({ onStart }: { readonly onStart: (entry: RosterEntry) => void }) {
  const { floor } = useSeat();
  const watch = shown(useNowView())?.watches.find((one) => one.member === floor.me);
  const standing = shown(useCase(watch?.roster ?? null));
  const inForce = entryOfRoster(standing?.items[0]?.content?.['roster'] ?? null);
  if (!inForce) return null;
  return (
    <Button className="key key--small" data-in-force onPress={() => onStart(inForce)}>
      <Trans>Begin with the roster in force</Trans>
    </Button>
  );
}

function firstEntry(text: string): RosterEntry | null {
  if (!text.trim()) return blankRoster(Intl.DateTimeFormat().resolvedOptions().timeZone);
  try {
    return entryOfRoster(JSON.parse(text) as Json);
  } catch {
    return null;
  }
}
