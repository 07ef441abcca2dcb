// Exactly what will be signed: every field of the statement and every field of its content, from the very bytes that the
// key will sign, read back out of them.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { hex } from '../../crypto/bytes';
import type { Kind } from '../../data/wire';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { textOf } from '../../parts/texts';
import { Code, Passage, Ref } from '../../parts/Words';
import type { Prepared } from '../../say/saying';
import { FieldValues } from '../statement/FieldValues';
import { useKindTitle } from '../statement/useKindTitle';
import './preview.css';

export function Preview({ of, kind }: { readonly of: Prepared | null; readonly kind: Kind | null }) {
  const kindTitle = useKindTitle();
  if (!of) {
    return (
      <p className="note">
        <Trans>What will be signed is shown here once the form can be read.</Trans>
      </p>
    );
  }
  const { saying, fields } = of;
  const text = textOf(saying.content);
  return (
    <div className="preview">
      <p className="preview__head">
        <PrecedenceMark of={saying.precedence} />
        <bdi>{kindTitle(saying.kind)}</bdi>
        <Ref>{fields.issuer}</Ref>
      </p>
      {text && <Passage of={text} />}
      <FieldValues kind={kind} content={saying.content} />
      <dl className="preview__fields">
        <Row name={<Trans>Addressed to</Trans>}>
          {saying.addressees.length === 0 ? (
            <Trans>nobody by name</Trans>
          ) : (
            saying.addressees.map((code) => <Ref key={code}>{code}</Ref>)
          )}
        </Row>
        <Row name={<Trans>Channel</Trans>}>
          <Ref>{saying.channel}</Ref>
        </Row>
        <Row name={<Trans>Mandate</Trans>}>
          <Ref>{saying.mandate}</Ref>
        </Row>
        {fields.marking && (
          <Row name={<Trans>Marking</Trans>}>
            <Code>{fields.marking}</Code>
          </Row>
        )}
        {saying.caseRef && (
          <Row name={<Trans>Case</Trans>}>
            <Ref>{saying.caseRef}</Ref>
          </Row>
        )}
      </dl>
      <details>
        <summary>
          <Trans>Down to the byte</Trans>
        </summary>
        <dl className="preview__fields">
          <Row name={<Trans>Key id</Trans>}>
            <Code>{hex(fields.kid)}</Code>
          </Row>
          <Row name={<Trans>Mechanism</Trans>}>
            <Code>{hex(fields.mechanism)}</Code>
          </Row>
          <Row name={<Trans>Digest of the content</Trans>}>
            <Code>{hex(fields.contentDigest)}</Code>
          </Row>
          <Row name={<Trans>Bytes of the content</Trans>}>
            <Code>{String(fields.contentBytes)}</Code>
          </Row>
          <Row name={<Trans>About</Trans>}>
            {fields.repliesTo.length === 0 ? (
              <Trans>no other statement</Trans>
            ) : (
              fields.repliesTo.map((digest) => <Code key={hex(digest)}>{hex(digest)}</Code>)
            )}
          </Row>
          <Row name={<Trans>Nonce</Trans>}>
            <Code>{hex(fields.nonce)}</Code>
          </Row>
        </dl>
      </details>
    </div>
  );
}

function Row({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
