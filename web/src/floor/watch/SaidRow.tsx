// A statement on a sheet: who to whom, what, how its case stands, and whom it waits for. What was done on paper says so, with the
// time it was done beside the time it was entered.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import type { SaidView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Onward } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { textOf } from '../../parts/texts';
import { Passage, Ref } from '../../parts/Words';
import { FieldValues } from '../statement/FieldValues';
import { PaperMark } from '../statement/PaperMark';
import { useKindTitle } from '../statement/useKindTitle';

export function SaidRow({ of, children }: { readonly of: SaidView; readonly children?: ReactNode }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const kindTitle = useKindTitle();
  const kind = floor.kind(of.kind);
  const tag = [language, 'en', ...Object.keys(of.phrase)].find((one) => of.phrase[one] !== undefined);
  const text = tag === undefined ? textOf(of.content) : { language: tag, text: of.phrase[tag] ?? '' };
  return (
    <li className="handover__row" data-reference={of.reference}>
      <p className="handover__line">
        <PrecedenceMark of={of.precedence} />
        <Ref>{of.reference}</Ref>
        <bdi>{kindTitle(of.kind)}</bdi>
        <Ref>{`${of.author}/${of.position}`}</Ref>
        {of.addressees.length > 0 && <Onward />}
        {of.addressees.map((code) => (
          <Ref key={code}>{code}</Ref>
        ))}
        <Moment atMs={of.at_ms} date />
        <bdi className="chip">{titleIn(of.state_title, language)}</bdi>
      </p>
      <PaperMark of={of} />
      {text && <Passage of={text} />}
      {of.content ? (
        <FieldValues kind={kind} content={of.content} />
      ) : (
        <p className="note">
          <Trans>Its content is not seen by this member.</Trans>
        </p>
      )}
      {of.waits_for.length > 0 && (
        <p className="note note--bad">
          <Trans>not acknowledged by</Trans>{' '}
          {of.waits_for.map((code) => (
            <Ref key={code}>{code}</Ref>
          ))}
        </p>
      )}
      {children}
    </li>
  );
}
