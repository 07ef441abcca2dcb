// The panel of one act about one statement: what it is about in short, then the form that the act asks for.

import { useState } from 'react';
import { useSeat } from '../../app/seat';
import { useCase } from '../../data/queries';
import { shown } from '../../data/standing';
import type { ItemView } from '../../data/wire';
import { sayingAbout } from '../../say/about';
import { Panel } from '../composer/Panel';
import { StatementBrief } from '../statement/StatementBrief';
import { TakeOver } from '../watch/TakeOver';
import { AcknowledgeForm } from './AcknowledgeForm';
import { ActTitle } from './ActWord';
import { actForm } from './actForm';
import type { Offer } from './offers';
import { SayForm } from './SayForm';
import { subjectKind } from './subject';

interface Props {
  readonly offer: Offer;
  readonly item: ItemView;
  readonly onClose: () => void;
}

export function ActPanel({ offer, item, onClose }: Props) {
  const { floor, session } = useSeat();
  const [openedMs] = useState(() => Date.now());
  const around = shown(useCase(item.case));
  const subject = subjectKind(floor, item, around);
  const saying = sayingAbout(floor, session, item, offer.kind, {});
  if (!saying || (item.kind === 'correction' && !around)) return null;
  const tone = subject?.acts_first ? 'stop' : 'plain';
  return (
    <Panel title={<ActTitle of={offer} actsFirst={subject?.acts_first === true} />} tone={tone} onClose={onClose}>
      {offer.kind !== 'take-over' && <StatementBrief of={item} kind={subject} />}
      {offer.kind === 'take-over' ? (
        <TakeOver item={item} saying={saying} onDone={onClose} />
      ) : offer.act === 'acknowledge' ? (
        <AcknowledgeForm item={item} kind={subject} saying={saying} onDone={onClose} />
      ) : (
        <SayForm
          key={`${offer.act} ${offer.kind} ${item.reference}`}
          saying={saying}
          onDone={onClose}
          {...actForm(floor, offer, item, subject, session.position, openedMs)}
        />
      )}
    </Panel>
  );
}
