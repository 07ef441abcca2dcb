// What became of sending: refused with the field, the reason and the rule, or lost on the way.

import { Trans } from '@lingui/react/macro';
import { type Problem, UNREACHED } from '../../data/problem';
import { Warning } from '../../parts/icons';
import { Code, Words } from '../../parts/Words';

export function ProblemNote({ of }: { readonly of: Problem | null }) {
  if (!of) return null;
  return (
    <div className="refusal" role="alert">
      <Warning />
      <div>
        <p>
          {of.code === UNREACHED ? (
            <Trans>
              The node did not answer: this is not known to be recorded. Send it again; it cannot be recorded twice.
            </Trans>
          ) : (
            <Trans>The node refuses it; nothing is recorded.</Trans>
          )}
        </p>
        {of.code !== UNREACHED && (
          <p>
            {of.field && (
              <>
                <Code>{of.field}</Code>{' '}
              </>
            )}
            <Words of={{ text: of.message, language: 'en' }} />
            {of.rule && (
              <>
                {' '}
                (<Words of={{ text: of.rule, language: 'en' }} />)
              </>
            )}
          </p>
        )}
        <p className="refusal__code">
          <Code>{of.code}</Code>
        </p>
      </div>
    </div>
  );
}
