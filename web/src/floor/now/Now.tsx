// Right: Now. What rings and every running clock of all desks, soonest first, each with its one next act.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useLineOpen, useNowView } from '../../data/queries';
import type { NowView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Bell, Onward, Warning } from '../../parts/icons';
import { useNow } from '../../parts/Now';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Span } from '../../parts/Span';
import { Empty, InStanding } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { AlarmBar } from '../alarm/AlarmBar';
import { Reference } from '../statement/Reference';
import { useKindTitle } from '../statement/useKindTitle';
import { type NowRow, nowRows } from './now';
import './now.css';
import { useNextAct } from './useNextAct';

export function Now() {
  const { t } = useLingui();
  const standing = useNowView();
  return (
    <aside className="now" id="now" aria-label={t`What runs now`} tabIndex={-1}>
      <div className="now__head">
        <h2>
          <Trans>Now</Trans>
        </h2>
        <AlarmBar />
      </div>
      <InStanding
        standing={standing}
        isEmpty={(view) => view.clocks.length + view.rings.length === 0}
        empty={
          <Empty title={<Trans>No clock is running</Trans>}>
            <Trans>Nobody waits for anything. Proof of life goes on.</Trans>
          </Empty>
        }
      >
        {(view) => <Rows view={view} />}
      </InStanding>
    </aside>
  );
}

function Rows({ view }: { readonly view: NowView }) {
  const { floor } = useSeat();
  const rows = nowRows(view.clocks, view.rings, floor.me, useNow());
  return (
    <ol className="now__rows">
      {rows.map((row) => (
        <Row key={row.key} of={row} />
      ))}
    </ol>
  );
}

function Row({ of }: { readonly of: NowRow }) {
  const kindTitle = useKindTitle();
  const classes = ['running', of.missed && 'running--missed', of.ring && 'running--rings'].filter(Boolean).join(' ');
  return (
    <li className={classes}>
      <p className="running__left">
        {of.missed ? (
          <>
            <Warning />
            <Trans>
              missed by <Span ms={of.spanMs} />
            </Trans>
          </>
        ) : (
          <Trans>
            <Span ms={of.spanMs} /> left
          </Trans>
        )}
      </p>
      <p className="running__what">
        <PrecedenceMark of={of.precedence} />
        <Reference>{of.about}</Reference>
        <bdi>{kindTitle(of.kind)}</bdi>
      </p>
      {of.ring && (
        <p className="running__ring">
          <Bell />
          <RingWord of={of.ring.stage} />
          {of.ring.positions.map((position) => (
            <Ref key={position}>{position}</Ref>
          ))}
        </p>
      )}
      <div className="running__next">
        <Next of={of} />
      </div>
      <span className="running__bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(of.gone * 100)}%` }} />
      </span>
    </li>
  );
}

function Next({ of }: { readonly of: NowRow }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const lineOpen = useLineOpen();
  const act = useNextAct();
  if (of.next === 'wait') {
    return (
      <span className="running__wait">
        <Trans>
          waits for <Ref>{of.owedBy}</Ref>
        </Trans>
        {!of.stored && (
          <>
            {' '}
            <Trans>(not proven to hold it)</Trans>
          </>
        )}
      </span>
    );
  }
  const actsFirst = floor.kind(of.kind)?.acts_first === true;
  return (
    <Button
      className={of.ring || of.missed ? 'key key--first' : 'key'}
      isDisabled={!lineOpen}
      onPress={() => void act(of)}
      data-next={of.next}
    >
      {of.next === 'acknowledge' && (actsFirst ? <Trans>Take the STOP</Trans> : <Trans>Acknowledge</Trans>)}
      {of.next === 'present' && <Trans>On watch</Trans>}
      {of.next === 'open' && (of.title ? <bdi>{titleIn(of.title, language)}</bdi> : <Trans>Look</Trans>)}
      <Onward />
    </Button>
  );
}

function RingWord({ of }: { readonly of: 'first' | 'alternates' | 'facilitator' | 'missed' }) {
  switch (of) {
    case 'first':
      return <Trans>rings</Trans>;
    case 'alternates':
      return <Trans>rings the alternates too</Trans>;
    case 'facilitator':
      return <Trans>rings the facilitator</Trans>;
    case 'missed':
      return <Trans>rings again: it was missed</Trans>;
  }
}
