// What is known of a member, and the evidence for it, in words.

import { Trans } from '@lingui/react/macro';
import type { EvidenceView, SilenceView } from '../../data/wire';
import { Moment } from '../../parts/Moment';
import { Code, Ref } from '../../parts/Words';

export function StandingWord({ of }: { readonly of: SilenceView }) {
  if (of.standing === 'unreachable') {
    switch (of.cause) {
      case 'link':
        return <Trans>unreachable: the line between us</Trans>;
      case 'node':
        return <Trans>unreachable: its node</Trans>;
      default:
        return <Trans>unreachable, cause unknown</Trans>;
    }
  }
  switch (of.cause) {
    case 'desk':
      return <Trans>nobody answers at its desk</Trans>;
    case 'declined':
      return <Trans>declined to take it</Trans>;
    case 'refused':
      return <Trans>refused</Trans>;
    default:
      return <Trans>reachable</Trans>;
  }
}

/** One piece of evidence, by whose word. */
export function EvidenceWords({ of, peer }: { readonly of: EvidenceView; readonly peer: string }) {
  const at = <Moment atMs={of.at_ms} date />;
  const reference = <Ref>{of.arguments['reference'] ?? ''}</Ref>;
  const member = <Ref>{peer}</Ref>;
  const by = <Ref>{of.by}</Ref>;
  switch (of.code) {
    case 'line.open':
      return (
        <Trans>
          Our line to {member} is open since {at}.
        </Trans>
      );
    case 'line.closed':
      return (
        <Trans>
          Our line to {member} is closed since {at}.
        </Trans>
      );
    case 'node.heard':
      return <Trans>Its node last gave a sign at {at}.</Trans>;
    case 'other.reaches':
      return (
        <Trans>
          {by} says, at {at}, that it has a line to {member}.
        </Trans>
      );
    case 'other.reaches-not':
      return (
        <Trans>
          {by} says, at {at}, that it has no line to {member}.
        </Trans>
      );
    case 'self.alone':
      return <Trans>This node hears nobody since {at}: the fault may be here.</Trans>;
    case 'human.unmet':
      return (
        <Trans>
          Its node holds {reference}, and no human there answered it by {at}.
        </Trans>
      );
    case 'officer.refused':
      return (
        <Trans>
          An officer of {member} refused {reference} at {at}.
        </Trans>
      );
    case 'officer.declined':
      return (
        <Trans>
          An officer of {member} declined to take {reference} at {at}.
        </Trans>
      );
    default:
      return (
        <>
          <Code>{of.code}</Code> {by} {at}
        </>
      );
  }
}
