// One thing to know of a statement before its text.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { EmergencyView } from '../../data/wire';
import { Clock, Question, Warning } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { Ref, Words } from '../../parts/Words';
import { BecauseWords } from './BecauseWords';
import type { Banner } from './banners';
import { LanguageValue } from './FieldValue';

export function BannerNote({ of }: { readonly of: Banner }) {
  switch (of.sort) {
    case 'void':
      return (
        <Note tone="bad" sign={<Warning />}>
          <strong>
            <Trans>void, because:</Trans>
          </strong>{' '}
          <BecauseWords of={of.because} />
        </Note>
      );
    case 'corrected':
      return (
        <Note tone="quiet" sign={<Warning />}>
          <Trans>
            corrected by <Ref>{of.by}</Ref>, which stands in its place
          </Trans>
        </Note>
      );
    case 'unreleased':
      return (
        <Note tone="wait" sign={<Clock />}>
          <Trans>waits for a second officer's release; it has no effect yet</Trans>
        </Note>
      );
    case 'emergency':
      return <EmergencyNote of={of.said} />;
    case 'questioned':
      return (
        <Note tone="wait" sign={<Question />}>
          <Trans>not yet mutually understood</Trans>
        </Note>
      );
    case 'foreign':
      return (
        <Note tone="wait" sign={<Question />}>
          <Trans>
            free text in <LanguageValue value={of.language} />, without a rendition
          </Trans>
        </Note>
      );
    case 'unknown-kind':
      return (
        <Note tone="quiet" sign={<Question />}>
          <Trans>its kind is not understood here; it is kept, and can be acknowledged and answered</Trans>
        </Note>
      );
    case 'out-of-sight':
      return (
        <Note tone="quiet" sign={<Question />}>
          <Trans>its content is not shown to this member, is erased, or has not arrived</Trans>
        </Note>
      );
  }
}

/** Shown on every screen, for as long as the statement is: what was said in whose stead, why, and what came of it. */
export function EmergencyNote({ of }: { readonly of: EmergencyView }) {
  const settled = of.settled !== null;
  return (
    <Note tone={settled && !of.withdrawn ? 'quiet' : 'bad'} sign={<Warning />}>
      <strong>
        <Trans>said under the emergency mandate, because:</Trans>
      </strong>{' '}
      <Words of={{ text: of.reason, language: '' }} />{' '}
      <Trans>
        (the authority was tried since <Moment atMs={of.tried_since_ms} date />)
      </Trans>{' '}
      {of.settled === null ? (
        <Trans>
          Not confirmed yet: due by <Moment atMs={of.due_ms} date />.
        </Trans>
      ) : of.withdrawn ? (
        <Trans>
          Withdrawn by its authority, <Ref>{of.settled}</Ref>.
        </Trans>
      ) : (
        <Trans>
          Confirmed by its authority, <Ref>{of.settled}</Ref>.
        </Trans>
      )}
    </Note>
  );
}

interface NoteProps {
  readonly tone: 'bad' | 'wait' | 'quiet';
  readonly sign: ReactNode;
  readonly children: ReactNode;
}

function Note({ tone, sign, children }: NoteProps) {
  return (
    <p className={`banner banner--${tone}`}>
      {sign}
      <span>{children}</span>
    </p>
  );
}
