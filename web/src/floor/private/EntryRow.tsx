// One entry of the watch's own log: its number, when, by which position, what, about which statements, and what corrects what.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { LogEntry } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { Passage, Ref } from '../../parts/Words';

export function EntryRow({ of, children }: { readonly of: LogEntry; readonly children?: ReactNode }) {
  return (
    <li className="entry-row" data-number={of.number} data-corrected={of.corrected_by !== null || undefined}>
      <p className="entry-row__head">
        <bdi dir="ltr">{of.number}</bdi>
        <Moment atMs={of.at_ms} date />
        <Ref>{of.position}</Ref>
        {of.references.map((one) => (
          <Ref key={one}>{one}</Ref>
        ))}
        {of.corrects !== null && (
          <span className="chip">
            <Trans>
              corrects <bdi dir="ltr">{of.corrects}</bdi>
            </Trans>
          </span>
        )}
        {of.corrected_by !== null && (
          <span className="chip">
            <Trans>
              corrected by <bdi dir="ltr">{of.corrected_by}</bdi>
            </Trans>
          </span>
        )}
        {children}
      </p>
      <Passage of={of} />
    </li>
  );
}
