// Why a statement moves nothing, in the officer's language by its code and arguments; a code that is not known here keeps the
// node's own sentence. What came first in the order is named, and whether the author could have seen it.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import type { BecauseView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Code, Ref, Words } from '../../parts/Words';

export function BecauseWords({ of }: { readonly of: BecauseView }) {
  return (
    <>
      <Sentence of={of} />
      {of.before && (
        <>
          {' '}
          {of.unseen ? (
            <Trans>
              <Ref>{of.before}</Ref> came first in the order, which its author had not seen.
            </Trans>
          ) : (
            <Trans>
              <Ref>{of.before}</Ref> came first in the order.
            </Trans>
          )}
        </>
      )}
    </>
  );
}

function Sentence({ of }: { readonly of: BecauseView }) {
  const { arguments: given } = of;
  const about = <Ref>{given['about'] ?? given['first'] ?? of.before ?? ''}</Ref>;
  const kind = <KindTitle of={given['kind'] ?? ''} />;
  switch (of.code) {
    case 'statement.repeated':
      return <Trans>It stands in the record before, at {about}.</Trans>;
    case 'target.unknown':
      return <Trans>It names no statement of this case.</Trans>;
    case 'target.void':
      return <Trans>It is about {about}, which is void.</Trans>;
    case 'ladder.not-addressed':
      return <Trans>What it is about was not addressed to its author.</Trans>;
    case 'clarification.not-yours':
      return <Trans>Only the member that said it can clarify it.</Trans>;
    case 'clarification.none':
      return <Trans>Nothing is asked that this would answer.</Trans>;
    case 'correction.not-yours':
      return <Trans>Only the member that said it can correct it.</Trans>;
    case 'correction.superseded':
      return <Trans>What it corrects was corrected before.</Trans>;
    case 'release.not-wanted':
      return <Trans>What it releases waits for no release.</Trans>;
    case 'release.not-yours':
      return (
        <Trans>
          A second officer of the same member must sign it, under one of the mandates{' '}
          <Code>{given['mandates'] ?? ''}</Code>.
        </Trans>
      );
    case 'withdrawal.bound':
      return <Trans>All had assented before they could see it.</Trans>;
    case 'emergency.withdrawn':
      return (
        <Trans>
          its member's authority withdrew it, by <Ref>{of.arguments['by'] ?? ''}</Ref>
        </Trans>
      );
    case 'emergency.none':
      return <Trans>the statement it names was not said under the emergency mandate</Trans>;
    case 'emergency.not-yours':
      return (
        <Trans>
          another officer of the same member must sign it, under one of the mandates{' '}
          <bdi>{of.arguments['mandates'] ?? ''}</bdi>
        </Trans>
      );
    case 'emergency.settled':
      return <Trans>that was settled before</Trans>;
    case 'move.unreleased':
      return <Trans>The case is not released yet.</Trans>;
    case 'move.no-place':
      return <Trans>{kind} has no place in this case.</Trans>;
    case 'move.not-yours':
      return <Trans>It is not for this member to say {kind} here.</Trans>;
    case 'move.differs':
      return (
        <Trans>
          <Code>{given['field'] ?? ''}</Code> is not what <Ref>{given['about'] ?? ''}</Ref> says.
        </Trans>
      );
    case 'move.other-state':
      return <Trans>{kind} is for a case in another state; this one had moved on.</Trans>;
    case 'mandate.exceeded':
    case 'mandate.unknown':
      return <Trans>Its author's mandate does not cover it.</Trans>;
    case 'officer.unknown':
    case 'officer.not-yet':
      return <Trans>Its key was not that of an officer in force.</Trans>;
    case 'signature.wrong':
    case 'signature.invalid':
      return <Trans>Its signature is wrong.</Trans>;
    case 'content.mismatch':
    case 'content.length':
      return <Trans>Its content is not the one that was signed.</Trans>;
    case 'content.missing':
      return (
        <Trans>
          It lacks the field <Code>{given['field'] ?? ''}</Code>.
        </Trans>
      );
    case 'content.unknown':
      return (
        <Trans>
          It has a field that its kind does not know: <Code>{given['field'] ?? ''}</Code>.
        </Trans>
      );
    case 'content.field':
      return (
        <Trans>
          Its field <Code>{given['field'] ?? ''}</Code> cannot be what it is.
        </Trans>
      );
    case 'content.one-of':
      return <Trans>It must hold exactly one of several fields.</Trans>;
    default:
      return <Words of={{ text: of.reason, language: 'en' }} />;
  }
}

function KindTitle({ of }: { readonly of: string }) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  return <bdi>{titleIn(floor.kind(of)?.title ?? { en: of }, language)}</bdi>;
}
