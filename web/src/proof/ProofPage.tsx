// A proof file, verified in this browser and told in sentences. Nothing leaves the browser.

import { useLingui as useI18n } from '@lingui/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { hex } from '../crypto/bytes';
import type { CborValue } from '../crypto/cbor';
import { Check, Question, Warning } from '../parts/icons';
import { visible } from '../parts/visible';
import { Ref } from '../parts/Words';
import { FILE_SUFFIX } from './bundle';
import './proof.css';
import type { Finding, Verdict, VerificationReport } from './report';
import { verify } from './verify';
import { sentence } from './words';

export function ProofPage() {
  const [report, setReport] = useState<VerificationReport | null>(null);
  const read = async (files: FileList | null) => {
    const file = files?.item(0);
    if (file) setReport(await verify(new Uint8Array(await file.arrayBuffer())));
  };
  return (
    <div className="proof">
      <FileTrigger acceptedFileTypes={[FILE_SUFFIX]} onSelect={(files) => void read(files)}>
        <Button className="key key--first">
          <Trans>Choose a proof file</Trans>
        </Button>
      </FileTrigger>
      {report && <Report of={report} />}
    </div>
  );
}

export function Report({ of }: { readonly of: VerificationReport }) {
  return (
    <div className="report">
      {of.banner && (
        <p className="report__banner">
          <Trans>SIMULATION: not an act of any state</Trans>
        </p>
      )}
      <p className={`report__verdict report__verdict--${of.verdict}`} role="status">
        {of.verdict === 'proven' ? <Check /> : <Warning />}
        <span>
          <VerdictWords of={of.verdict} reference={of.reference} />
        </span>
      </p>
      <Findings title={<Trans>Failed</Trans>} tone="failed" of={of.failed} />
      <Findings title={<Trans>Proven</Trans>} tone="proven" of={of.proven} />
      <Findings title={<Trans>Not proven, or cannot be told</Trans>} tone="untold" of={of.untold} />
      {of.content && (
        <section>
          <h2>
            <Trans>What was said: the signed content, field by field</Trans>
          </h2>
          <dl>
            {Array.from(of.content, ([name, value]) => (
              <div key={name}>
                <dt>
                  <Ref>{visible(name)}</Ref>
                </dt>
                <dd>
                  <bdi dir="auto">{plain(value)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

function VerdictWords({ of, reference }: { readonly of: Verdict; readonly reference: string }) {
  const place = <Ref>{reference}</Ref>;
  switch (of) {
    case 'proven':
      return <Trans>PROVEN: {place} is recorded as told below.</Trans>;
    case 'recorded-but-void':
      return <Trans>RECORDED BUT VOID: {place} stands in the record and moves nothing.</Trans>;
    case 'not-proven':
      return <Trans>NOT PROVEN: this file is damaged, incomplete or forged. Rely on nothing in it.</Trans>;
  }
}

interface FindingsProps {
  readonly title: ReactNode;
  readonly tone: 'proven' | 'untold' | 'failed';
  readonly of: readonly Finding[];
}

function Findings({ title, tone, of }: FindingsProps) {
  const { t } = useLingui();
  const { i18n } = useI18n();
  if (of.length === 0) return null;
  const Sign = { proven: Check, untold: Question, failed: Warning }[tone];
  return (
    <section className={`findings findings--${tone}`}>
      <h2>
        {title}{' '}
        <small>
          <Plural value={of.length} one="# finding" other="# findings" />
        </small>
      </h2>
      <ul>
        {of.map((finding, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes, and findings may be equal.
          <li key={at} data-code={finding.code}>
            <Sign />
            <span>{sentence(finding, i18n, t`nobody`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function plain(value: CborValue): string {
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === 'string') return visible(value);
  if (value instanceof Map) {
    return `{${Array.from(value, ([name, item]) => `${plain(name as CborValue)}: ${plain(item)}`).join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${(value as readonly CborValue[]).map(plain).join(', ')}]`;
  return String(value);
}
