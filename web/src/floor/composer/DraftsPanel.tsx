// The drafts of this member's officers, the latest changed first; each opens in the composer of whoever picks it up.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useDrafts } from '../../data/queries';
import type { DraftState, DraftView } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { Empty, InStanding } from '../../parts/States';
import { textOf } from '../../parts/texts';
import { Ref, Words } from '../../parts/Words';
import { useOpening } from '../opening';
import { useKindTitle } from '../statement/useKindTitle';
import { Panel } from './Panel';

export function DraftsPanel({ onClose }: { readonly onClose: () => void }) {
  const drafts = useDrafts();
  return (
    <Panel title={<Trans>Drafts of this member's officers</Trans>} onClose={onClose}>
      <InStanding
        standing={drafts}
        isEmpty={(page) => page.drafts.every(isOver)}
        empty={
          <Empty title={<Trans>No draft is kept</Trans>}>
            <Trans>Drafts stay on this node: they are never sent to another member.</Trans>
          </Empty>
        }
      >
        {(page) => (
          <ul className="drafts">
            {page.drafts
              .filter((draft) => !isOver(draft))
              .map((draft) => (
                <Draft key={draft.id} of={draft} />
              ))}
          </ul>
        )}
      </InStanding>
    </Panel>
  );
}

const isOver = (draft: DraftView): boolean => draft.state === 'sent' || draft.state === 'dropped';

function Draft({ of }: { readonly of: DraftView }) {
  const { floor } = useSeat();
  const kindTitle = useKindTitle();
  const { open } = useOpening();
  const text = textOf(of.body.content);
  const desk = floor.deskOf(of.body.kind)?.name ?? 'line';
  return (
    <li className="draft">
      <PrecedenceMark of={of.body.precedence} />
      <bdi>{kindTitle(of.body.kind)}</bdi>
      <span className="chip">
        <DraftWord of={of.state} />
      </span>
      <Ref>{of.author}</Ref>
      <Moment atMs={of.updated_ms} />
      <span className="draft__text">{text && <Words of={text} />}</span>
      <Button className="key key--small" onPress={() => open({ what: 'compose', desk, kind: of.body.kind, draft: of })}>
        <Trans>Open</Trans>
      </Button>
    </li>
  );
}

function DraftWord({ of }: { readonly of: DraftState }) {
  switch (of) {
    case 'kept':
      return <Trans comment="state of a draft">yours: not sent when you left</Trans>;
    case 'draft':
      return <Trans comment="state of a draft">draft</Trans>;
    case 'in-review':
      return <Trans comment="state of a draft">in review</Trans>;
    case 'ready':
      return <Trans comment="state of a draft">ready to release</Trans>;
    case 'sent':
      return <Trans comment="state of a draft">sent</Trans>;
    case 'dropped':
      return <Trans comment="state of a draft">dropped</Trans>;
  }
}
