// What is asked about a statement, what was answered, and whether its asker has understood.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import type { CaseView, ClarificationView, ItemView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Check, Question } from '../../parts/icons';
import { textOf } from '../../parts/texts';
import { Ref, Words } from '../../parts/Words';
import { subjectKind } from '../acts/subject';

export function Clarifications({ of, whole }: { readonly of: ItemView; readonly whole: CaseView }) {
  const own = whole.clarifications.filter((one) => one.about === of.reference);
  if (own.length === 0) return null;
  return (
    <ul className="clarifications">
      {own.map((one) => (
        <li key={one.opened} data-open={one.closed === null || undefined}>
          {one.closed === null ? <Question /> : <Check />}
          <div>
            <Asked of={one} item={of} whole={whole} />
            {one.answers.map((reference) => (
              <p key={reference}>
                <Ref>{reference}</Ref> <Said reference={reference} whole={whole} />
              </p>
            ))}
            {one.closed !== null && (
              <p>
                <Trans>
                  understood, by <Ref>{one.closed}</Ref>
                </Trans>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

interface AskedProps {
  readonly of: ClarificationView;
  readonly item: ItemView;
  readonly whole: CaseView;
}

function Asked({ of, item, whole }: AskedProps) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  if (of.fields.length === 0) {
    return (
      <p>
        <Trans>
          <Ref>{of.asker}</Ref> asks, <Ref>{of.opened}</Ref>:
        </Trans>{' '}
        <Said reference={of.opened} whole={whole} />
      </p>
    );
  }
  const kind = subjectKind(floor, item, whole);
  const names = of.fields.map((name) => {
    const field = kind?.fields.find((one) => one.name === name);
    return field ? titleIn(field.title, language) : name;
  });
  return (
    <p>
      <Trans>
        <Ref>{of.asker}</Ref> read back otherwise, <Ref>{of.opened}</Ref>:
      </Trans>{' '}
      {names.map((name) => (
        <bdi className="chip" key={name}>
          {name}
        </bdi>
      ))}
    </p>
  );
}

function Said({ reference, whole }: { readonly reference: string; readonly whole: CaseView }) {
  const text = textOf(whole.items.find((one) => one.reference === reference)?.content ?? null);
  return text ? <Words of={text} /> : null;
}
