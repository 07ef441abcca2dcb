// What is in force now, over the log: STOP calls with who has taken them and how they went; suspensions with what stays open;
// a proof of life that waits for this watch.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useLineOpen } from '../../data/queries';
import type { CaseView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Clock, Hand, Warning } from '../../parts/icons';
import { FoldedLadder } from '../../parts/Ladder';
import { Moment } from '../../parts/Moment';
import { useNow } from '../../parts/Now';
import { Span } from '../../parts/Span';
import { Ref } from '../../parts/Words';
import { Acts } from '../acts/Acts';
import { ShownMark } from '../shown/ShownMark';
import { EmergencyNote } from '../statement/BannerNote';
import { FieldValues } from '../statement/FieldValues';
import { Reference } from '../statement/Reference';
import { FIRST_FIELDS } from '../stop/firstStop';
import { usePresent } from '../watch/usePresent';
import { currentOf, openingOf, suspended, untilMs } from './pins';

export function StopPin({ of }: { readonly of: CaseView }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const nowMs = useNow();
  const item = currentOf(of);
  const opening = openingOf(of);
  const until = untilMs(of);
  if (!item || !opening) return null;
  return (
    <ShownMark item={item}>
      <article className="pin pin--stop" aria-label={`STOP ${of.reference}`}>
        <header className="pin__head">
          <Hand />
          <strong>
            <Trans>STOP</Trans>
          </strong>
          <Reference>{of.reference}</Reference>
          <span>
            <Trans>
              called by <Ref>{of.opener}</Ref> at <Moment atMs={of.opened_ms} />
            </Trans>
          </span>
          <bdi className="chip">{titleIn(of.state_title, language)}</bdi>
          {until !== null && (
            <span className="pin__until">
              {until > nowMs ? (
                <Trans>
                  <Span ms={until - nowMs} /> left
                </Trans>
              ) : (
                <Trans>
                  <Warning /> ran out <Span ms={nowMs - until} /> ago
                </Trans>
              )}
            </span>
          )}
        </header>
        {item.content && (
          <FieldValues kind={floor.kind('stop')} content={item.content} critical={item.critical} first={FIRST_FIELDS} />
        )}
        {item.questioned && (
          <p className="note note--bad">
            <Trans>not yet mutually understood: the wider of both areas holds</Trans>
          </p>
        )}
        <div className="pin__ladders">
          {item.ladders.map((ladder) => (
            <FoldedLadder key={ladder.member} of={ladder} hasCritical={item.critical.length > 0} />
          ))}
        </div>
        <Acts item={item} around={{ state: of.state, over: of.over, opener: true }} actsFirst />
      </article>
    </ShownMark>
  );
}

export function SuspensionPin({ of }: { readonly of: CaseView }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const item = currentOf(of);
  const what = suspended(of);
  const open = floor.view.desks
    .flatMap((desk) => desk.kinds)
    .filter((kind) => kind.opens !== null && floor.rule(kind.name) !== null)
    .filter((kind) => (what.all ? kind.life_safety : !what.kinds.includes(kind.name)));
  if (!item) return null;
  return (
    <article className="pin pin--suspension">
      <header className="pin__head">
        <Warning />
        <span>
          <Trans>
            <Ref>{of.opener}</Ref> has suspended, <Reference>{of.reference}</Reference>, since{' '}
            <Moment atMs={of.opened_ms} date />.
          </Trans>
        </span>
      </header>
      <p>
        <strong>
          <Trans>Still open:</Trans>
        </strong>{' '}
        {open.map((kind) => (
          <bdi className="chip" key={kind.name}>
            {titleIn(kind.title, language)}
          </bdi>
        ))}
      </p>
      {item.emergency && <EmergencyNote of={item.emergency} />}
      <Acts item={item} around={{ state: of.state, over: of.over, opener: true }} actsFirst={false} />
    </article>
  );
}

export function ProofPin({ of }: { readonly of: CaseView }) {
  const { present, sending } = usePresent();
  const lineOpen = useLineOpen();
  return (
    <article className="pin pin--proof">
      <header className="pin__head">
        <Clock />
        <span>
          <Trans>
            <Ref>{of.opener}</Ref> asks whether somebody is on watch here, <Reference>{of.reference}</Reference>.
          </Trans>
        </span>
        <Button className="key key--first" isDisabled={sending || !lineOpen} onPress={() => void present(of)}>
          <Trans>On watch</Trans> <kbd>P</kbd>
        </Button>
      </header>
    </article>
  );
}
