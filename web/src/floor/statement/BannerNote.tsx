// One thing to know of a statement before its text.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Clock, Question, Warning } from '../../parts/icons';
import { Ref } from '../../parts/Words';
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
