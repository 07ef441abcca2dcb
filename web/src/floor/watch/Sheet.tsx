// A handover sheet on screen, and what has come since it was made. What must not be missed comes first; every list says so where
// it is empty, and how much it leaves out.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { titleIn } from '../../data/floor';
import type { HandoverSheet, SinceSheet, Situation } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Warning } from '../../parts/icons';
import { FoldedLadder } from '../../parts/Ladder';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Passage, Ref } from '../../parts/Words';
import { EntryRow } from '../private/EntryRow';
import { useKindTitle } from '../statement/useKindTitle';
import { EvidenceWords, StandingWord } from '../strip/EvidenceWords';
import { SaidRow } from './SaidRow';
import './watch.css';

export function Since({ of }: { readonly of: SinceSheet }) {
  const { t } = useLingui();
  const count = of.said.length + of.log.length + of.left_out;
  if (count === 0) {
    return (
      <p className="note" role="status">
        <Trans>Nothing has come since the sheet was made.</Trans>
      </p>
    );
  }
  return (
    <section className="since" role="status" aria-label={t`Since the sheet was made`}>
      <h4>
        <Warning /> <Trans>Since the sheet was made</Trans>
      </h4>
      <ul className="handover__rows">
        {of.said.map((one) => (
          <SaidRow key={one.reference} of={one} />
        ))}
        {of.log.map((one) => (
          <EntryRow key={one.number} of={one} />
        ))}
      </ul>
      <LeftOut count={of.left_out} />
    </section>
  );
}

export function Sheet({ of }: { readonly of: HandoverSheet }) {
  const { t } = useLingui();
  const { situation } = of;
  const now: SectionProps<never>['left'] = situation.left_out;
  return (
    <article className="handover" aria-label={t`Handover sheet`}>
      <header className="handover__head">
        <p>
          <Trans>
            Sheet of <Ref>{`${of.member}/${of.by}`}</Ref> for <Ref>{of.to}</Ref>, made at{' '}
            <Moment atMs={of.made_ms} date />
          </Trans>
        </p>
        <p className="note">
          <Trans>
            log, calls and paper since <Moment atMs={of.since_ms} date />
          </Trans>
        </p>
      </header>
      <Section name="stops" left={now} title={<Trans>STOPs in force</Trans>} of={situation.stops}>
        {(row) => (
          <SaidRow key={row.said.reference} of={row.said}>
            {row.until_ms !== null && (
              <p className="note">
                <Trans>
                  until <Moment atMs={row.until_ms} date />
                </Trans>
              </p>
            )}
            {row.ladders.map((ladder) => (
              <FoldedLadder key={ladder.member} of={ladder} hasCritical />
            ))}
          </SaidRow>
        )}
      </Section>
      <Section
        name="unread"
        left={now}
        title={<Trans>FLASH and IMMEDIATE, not yet acknowledged</Trans>}
        of={situation.unread}
      >
        {(one) => <SaidRow key={one.reference} of={one} />}
      </Section>
      <Clocks of={situation} />
      <Section
        name="clarifications"
        left={now}
        title={<Trans>Not yet mutually understood</Trans>}
        of={situation.clarifications}
      >
        {(row) => (
          <SaidRow key={row.opened} of={row.said}>
            <p className="note">
              <Trans>
                <Ref>{row.asker}</Ref> asks, <Ref>{row.opened}</Ref>, since <Moment atMs={row.opened_ms} />
              </Trans>
            </p>
          </SaidRow>
        )}
      </Section>
      <Ahead of={situation} />
      <Peers of={situation} />
      <Section name="orders" left={now} title={<Trans>Standing orders</Trans>} of={situation.orders}>
        {({ id, body }) => (
          <li key={id} className="handover__row">
            <Passage of={body} />
            <p className="note">
              <Trans>
                given by <Ref>{body.given_by}</Ref>
              </Trans>
            </p>
          </li>
        )}
      </Section>
      <Section name="log" title={<Trans>Private log</Trans>} of={of.log}>
        {(one) => <EntryRow key={one.number} of={one} />}
      </Section>
      <Section name="calls" title={<Trans>Telephone calls</Trans>} of={of.calls}>
        {(one) => <SaidRow key={one.reference} of={one} />}
      </Section>
      <Section name="papers" title={<Trans>Done on paper</Trans>} of={of.papers}>
        {(one) => <SaidRow key={one.reference} of={one} />}
      </Section>
    </article>
  );
}

function Clocks({ of }: { readonly of: Situation }) {
  const { language } = useLanguage();
  const kindTitle = useKindTitle();
  return (
    <Section name="clocks" left={of.left_out} title={<Trans>Running clocks</Trans>} of={of.clocks}>
      {({ clock, missed, next }) => (
        <li key={`${clock.name} ${clock.about} ${clock.member}`} className="handover__row">
          <p className="handover__line" data-missed={missed || undefined}>
            <PrecedenceMark of={clock.precedence} />
            <Ref>{clock.about}</Ref>
            <bdi>{kindTitle(clock.kind)}</bdi>
            <Ref>{clock.member}</Ref>
            {missed ? (
              <Trans>
                missed at <Moment atMs={clock.due_ms} date />
              </Trans>
            ) : (
              <Trans>
                due at <Moment atMs={clock.due_ms} date />
              </Trans>
            )}
          </p>
          <p className="note">
            <Trans>next:</Trans>{' '}
            {next.map((kind) => (
              <bdi key={kind} className="chip">
                {clock.name === kind ? titleIn(clock.title, language) : kindTitle(kind)}
              </bdi>
            ))}
          </p>
        </li>
      )}
    </Section>
  );
}

function Ahead({ of }: { readonly of: Situation }) {
  const { language } = useLanguage();
  return (
    <Section name="ahead" left={of.left_out} title={<Trans>The next twelve hours</Trans>} of={of.ahead}>
      {(row) => (
        <SaidRow key={`${row.said.reference} ${row.field}`} of={row.said}>
          <p className="note">
            <bdi>{titleIn(row.title, language)}</bdi> <Moment atMs={row.from_ms} date />{' '}
            {row.until_ms !== null && (
              <Trans>
                until <Moment atMs={row.until_ms} date />
              </Trans>
            )}
          </p>
        </SaidRow>
      )}
    </Section>
  );
}

function Peers({ of }: { readonly of: Situation }) {
  return (
    <>
      <Section name="watches" title={<Trans>Who has the watch</Trans>} of={of.watches}>
        {(one) => (
          <li key={one.member} className="handover__row handover__line">
            <Ref>{`${one.member}/${one.position}`}</Ref>
            <Ref>{one.handover ?? one.roster}</Ref>
          </li>
        )}
      </Section>
      <Section name="silence" title={<Trans>The other members</Trans>} of={of.silence}>
        {(peer) => (
          <li key={peer.code} className="handover__row">
            <p className="handover__line">
              <Ref>{peer.code}</Ref> <StandingWord of={peer} />
            </p>
            {peer.evidence.map((one) => (
              <p className="note" key={`${one.code} ${one.by} ${one.arguments['reference'] ?? ''}`}>
                <EvidenceWords of={one} peer={peer.code} />
              </p>
            ))}
          </li>
        )}
      </Section>
    </>
  );
}

interface SectionProps<Row> {
  readonly name: string;
  readonly title: ReactNode;
  readonly of: readonly Row[];
  readonly left?: Readonly<Record<string, number>>;
  readonly children: (row: Row) => ReactNode;
}

function Section<Row>({ name, title, of, left, children }: SectionProps<Row>) {
  return (
    <section className="handover__section" data-section={name}>
      <h4>
        {title} <span className="chip">{of.length}</span>
      </h4>
      {of.length === 0 ? (
        <p className="note">
          <Trans comment="an empty list on a sheet">none</Trans>
        </p>
      ) : (
        <ul className="handover__rows">{of.map(children)}</ul>
      )}
      <LeftOut count={left?.[name] ?? 0} />
    </section>
  );
}

function LeftOut({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <p className="note note--bad">
      <Plural value={count} one="and # more, not shown" other="and # more, not shown" />
    </p>
  );
}
