// Centre: the chosen desk, and over its foot the panel in which something is said. The Line, de-escalation and the record have
// views of their own; every other desk is drawn from its declaration.

import { useLingui } from '@lingui/react/macro';
import { lazy, Suspense } from 'react';
import { useSeat } from '../app/seat';
import { titleIn } from '../data/floor';
import { useLanguage } from '../language/LanguageProvider';
import { DeskSign } from '../parts/icons';
import { Loading } from '../parts/States';
import { ActPanel } from './acts/ActPanel';
import './centre.css';
import { ComposePanel } from './composer/ComposePanel';
import { DraftsPanel } from './composer/DraftsPanel';
import { DeclaredDesk } from './desk/DeclaredDesk';
import { LineDesk } from './line/LineDesk';
import { RECORD_DESK, SEARCH_DESK, useOpening } from './opening';
import { PeoplePanel } from './people/PeoplePanel';
import { PrivatePanel } from './private/PrivatePanel';
import { ReadPanel } from './reading/ReadPanel';
import { SearchDesk } from './search/SearchDesk';
import { ContinuityPanel } from './watch/ContinuityPanel';
import { HandOver } from './watch/HandOver';
import { WATCH_DESK, WatchDesk } from './watch/WatchDesk';

/** It brings the verifier with it, and is fetched when it is first opened. */
const RecordDesk = lazy(() => import('./record/RecordDesk'));

/** It brings the map with it. */
const DeescalationDesk = lazy(() => import('./deescalation/DeescalationDesk'));
const LINE = 'line';
const DEESCALATION_DESK = 'de-escalation';

export function Centre({ folded }: { readonly folded: boolean }) {
  const { t } = useLingui();
  const { floor } = useSeat();
  const { language } = useLanguage();
  const { desk: chosen } = useOpening();
  const desk = folded ? 'line' : chosen;
  const declared = floor.desk(desk);
  const title =
    desk === RECORD_DESK
      ? t`The record`
      : desk === SEARCH_DESK
        ? t`Search`
        : titleIn(declared?.title ?? { en: desk }, language);
  return (
    <main className="centre" id="centre" tabIndex={-1}>
      <h2 className="centre__title">
        <DeskSign desk={desk} />
        <bdi>{title}</bdi>
      </h2>
      <div className="centre__body">
        {desk === 'line' && <LineDesk folded={folded} />}
        {desk === RECORD_DESK && (
          <Suspense fallback={<Loading />}>
            <RecordDesk />
          </Suspense>
        )}
        {desk === SEARCH_DESK && <SearchDesk />}
        {desk === WATCH_DESK && <WatchDesk folded={folded} />}
        {desk === DEESCALATION_DESK && (
          <Suspense fallback={<Loading />}>
            <DeescalationDesk folded={folded} />
          </Suspense>
        )}
        {![LINE, RECORD_DESK, SEARCH_DESK, DEESCALATION_DESK, WATCH_DESK].includes(desk) && (
          <DeclaredDesk key={desk} desk={desk} folded={folded} />
        )}
      </div>
      <OpenPanel />
    </main>
  );
}

function OpenPanel() {
  const { panel, close } = useOpening();
  if (!panel) return null;
  switch (panel.what) {
    case 'act':
      return (
        <ActPanel
          key={`${panel.offer.act} ${panel.offer.kind} ${panel.item.reference}`}
          offer={panel.offer}
          item={panel.item}
          onClose={close}
        />
      );
    case 'compose':
      return (
        <ComposePanel
          key={`${panel.kind} ${panel.draft?.id ?? ''}`}
          kind={panel.kind}
          draft={panel.draft}
          filled={panel.filled ?? {}}
          to={panel.to ?? null}
          onClose={close}
        />
      );
    case 'read':
      return <ReadPanel key={panel.item.reference} item={panel.item} onClose={close} />;
    case 'people':
      return <PeoplePanel onClose={close} />;
    case 'drafts':
      return <DraftsPanel onClose={close} />;
    case 'hand-over':
      return <HandOver onClose={close} />;
    case 'private':
      return <PrivatePanel onClose={close} />;
    case 'continuity':
      return <ContinuityPanel onClose={close} />;
  }
}
