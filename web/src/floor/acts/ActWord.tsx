// The words of acts: on a key, and over a panel.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useLanguage } from '../../language/LanguageProvider';
import type { Offer } from './offers';

interface Props {
  readonly of: Offer;
  readonly actsFirst?: boolean;
}

export function ActWord({ of, actsFirst = false }: Props) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  switch (of.act) {
    case 'acknowledge':
      return actsFirst ? <Trans>Take the STOP</Trans> : <Trans>Acknowledge</Trans>;
    case 'decline':
      return <Trans>Decline</Trans>;
    case 'passed-on':
      return <Trans>Passed on</Trans>;
    case 'unit-confirmed':
      return <Trans>The unit has confirmed</Trans>;
    case 'outcome':
      return <Trans>Outcome</Trans>;
    case 'answer':
      return <Trans>Answer</Trans>;
    case 'clarification.asked':
      return <Trans>Ask to clarify</Trans>;
    case 'clarification.answered':
      return <Trans>Clarify</Trans>;
    case 'clarification.understood':
      return <Trans>Understood</Trans>;
    case 'rendition':
      return <Trans>Add a rendition</Trans>;
    case 'correction':
      return <Trans>Correct</Trans>;
    case 'release':
      return <Trans>Release</Trans>;
    case 'assent':
      return <Trans>Assent</Trans>;
    case 'respond':
      return <Trans>Respond</Trans>;
    case 'move':
      return <bdi>{titleIn(floor.kind(of.kind)?.title ?? { en: of.kind }, language)}</bdi>;
  }
}

export function ActTitle({ of, actsFirst = false }: Props) {
  if (of.act === 'acknowledge' && !actsFirst) return <Trans>Acknowledge and read back</Trans>;
  return <ActWord of={of} actsFirst={actsFirst} />;
}
