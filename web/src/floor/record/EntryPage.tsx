// One entry of the record: what it says, who held it when, its proof drawn and verified in this browser, to be kept or printed.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { fromHex } from '../../crypto/bytes';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import { useEntry } from '../../data/queries';
import type { EntryView } from '../../data/wire';
import { Warning } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { InStanding } from '../../parts/States';
import { textOf } from '../../parts/texts';
import { Passage, Ref, Words } from '../../parts/Words';
import { Report } from '../../proof/ProofPage';
import type { VerificationReport } from '../../proof/report';
import { verify } from '../../proof/verify';
import { ProblemNote } from '../composer/Sending';
import { FieldValues } from '../statement/FieldValues';
import { PaperMark } from '../statement/PaperMark';
import { Reference } from '../statement/Reference';
import { useKindTitle } from '../statement/useKindTitle';
import { ProofPicture } from './ProofPicture';
import { picture } from './picture';

export function EntryPage({ reference }: { readonly reference: string }) {
  const standing = useEntry(reference);
  return <InStanding standing={standing}>{(entry) => <Entry key={entry.reference} of={entry} />}</InStanding>;
}

function Entry({ of }: { readonly of: EntryView }) {
  const { floor } = useSeat();
  const kindTitle = useKindTitle();
  const [report, setReport] = useState<VerificationReport | null>(null);
  const kind = floor.kind(of.kind ?? '');
  const text = textOf(of.content);
  return (
    <article className="entry" aria-label={of.reference}>
      <header className="entry__head">
        {of.precedence && <PrecedenceMark of={of.precedence} />}
        <h3>
          <Reference>{of.reference}</Reference>
        </h3>
        {of.kind && <bdi>{kindTitle(of.kind)}</bdi>}
        {of.author && <Ref>{of.author}</Ref>}
        {of.case && (
          <span className="chip">
            <Trans>
              in <Ref>{of.case}</Ref>
            </Trans>
          </span>
        )}
        <span className="chip">
          <StandingWord of={of.standing} />
        </span>
        <Moment atMs={of.at_ms} seconds date />
      </header>
      {of.void && (
        <p className="banner banner--bad">
          <Warning />
          <span>
            <Trans>void, because:</Trans> <Words of={{ text: of.void, language: 'en' }} />
          </span>
        </p>
      )}
      {of.receipt && (
        <p className="note">
          <Trans>A receipt: this member's node holds what other logs say up to here.</Trans>
        </p>
      )}
      {of.kind && <PaperMark of={{ ...of, kind: of.kind }} />}
      {text && <Passage of={text} />}
      {of.content && <FieldValues kind={kind} content={of.content} />}
      {of.sight && (
        <p className="note">
          <Words of={{ text: of.sight, language: 'en' }} />
        </p>
      )}
      <ProofPicture of={picture(of, report)} />
      {of.author && <ProofKeys of={of} onReport={setReport} />}
      <Holders of={of} />
      {report && <Report of={report} />}
      <p className="entry__code print-only">
        <Reference>{of.reference}</Reference>
      </p>
    </article>
  );
}

function StandingWord({ of }: { readonly of: EntryView['standing'] }) {
  switch (of) {
    case 'final':
      return <Trans comment="place in the order">final</Trans>;
    case 'provisional':
      return <Trans comment="place in the order">provisional</Trans>;
    case 'fork':
      return <Trans>on the other side of a fork: moves no case</Trans>;
  }
}

function Holders({ of }: { readonly of: EntryView }) {
  return (
    <section>
      <h4>
        <Trans>Who held it, by when, by their own logs</Trans>
      </h4>
      <table className="holders">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Member</Trans>
            </th>
            <th scope="col">
              <Trans>Receipt</Trans>
            </th>
            <th scope="col">
              <Trans>By its clock</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {of.receipts.map((one) => (
            <tr key={one.holder}>
              <th scope="row">
                <Ref>{one.holder}</Ref>
              </th>
              <td>
                <Ref>{one.reference}</Ref>
              </td>
              <td>
                <Moment atMs={one.at_ms} seconds date />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.receipts.length === 0 && (
        <p className="note">
          <Trans>No receipt is known here. That proves nothing, neither that it arrived nor that it did not.</Trans>
        </p>
      )}
    </section>
  );
}

interface KeysProps {
  readonly of: EntryView;
  readonly onReport: (report: VerificationReport) => void;
}

function ProofKeys({ of, onReport }: KeysProps) {
  const client = useClient();
  const { floor } = useSeat();
  const { t } = useLingui();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [working, setWorking] = useState(false);
  const withProof = async (use: (raw: Uint8Array<ArrayBuffer>) => Promise<void> | void) => {
    setWorking(true);
    setProblem(null);
    try {
      await use(await client.proof(of.reference));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setWorking(false);
    }
  };
  const onVerify = () => withProof(async (raw) => onReport(await verify(raw, fromHex(floor.view.mechanism))));
  const onKeep = () => withProof((raw) => keep(raw, `${of.reference.replace(' ', '-')}.parley-proof`));
  return (
    <div className="saying__keys no-print">
      <Button className="key key--first" isDisabled={working} onPress={() => void onVerify()}>
        <Trans>Verify in this browser</Trans>
      </Button>
      <Button className="key" isDisabled={working} onPress={() => void onKeep()}>
        <Trans>Keep the proof file</Trans>
      </Button>
      <Button className="key" onPress={() => print()} aria-label={t`Print ${of.reference}`}>
        <Trans>Print</Trans>
      </Button>
      <ProblemNote of={problem} />
    </div>
  );
}

function keep(raw: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([raw], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
