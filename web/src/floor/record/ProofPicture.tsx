// The proof drawn: five boxes, each resting on the one before. Solid once verified here; dashed while it is only told.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Check, Question, Warning } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { Code, Ref } from '../../parts/Words';
import { type Picture, pathSides } from './picture';

export function ProofPicture({ of }: { readonly of: Picture }) {
  const { t } = useLingui();
  const sides = of.tree ? pathSides(of.seq, of.tree.size) : [];
  return (
    <ol className="picture" data-standing={of.standing} aria-label={t`The proof, step by step`}>
      <Box title={<Trans>Statement</Trans>} of={of} isThere={of.signer !== null}>
        {of.signer && <Ref>{of.signer}</Ref>}
        {of.mandate && (
          <span>
            <Trans>
              under <Ref>{of.mandate}</Ref>
            </Trans>
          </span>
        )}
        {of.key && (
          <span>
            <Trans>
              key <Code>{of.key}</Code>
            </Trans>
          </span>
        )}
      </Box>
      <Box title={<Trans>Entry</Trans>} of={of} isThere>
        <Ref>{`${of.log} ${of.seq}`}</Ref>
        <Moment atMs={of.atMs} seconds />
      </Box>
      <Box title={<Trans>Tree</Trans>} of={of} isThere={of.tree !== null}>
        {of.standing === 'told' && <NotYet />}
        {of.tree && (
          <>
            <Way sides={sides} />
            <span>
              <Trans>
                {sides.length} hashes to the root of {of.tree.size} entries
              </Trans>
            </span>
            <Code>{of.tree.root.slice(0, 16)}</Code>
          </>
        )}
      </Box>
      <Box title={<Trans>Checkpoint</Trans>} of={of} isThere={of.checkpoint !== null}>
        {of.standing === 'told' && <NotYet />}
        {of.checkpoint && (
          <>
            <span>
              <Trans>
                signed by the node of <Ref>{of.log}</Ref>
              </Trans>
            </span>
            <span>
              <Trans>
                key <Code>{of.checkpoint.key}</Code>
              </Trans>
            </span>
            {of.postQuantum && (
              <span>
                <Trans>and by its post-quantum key</Trans>
              </span>
            )}
          </>
        )}
      </Box>
      <Box title={<Trans>Receipts</Trans>} of={of} isThere={of.holders.length > 0}>
        {of.holders.map((holder) => (
          <span key={`${holder.member} ${holder.reference}`}>
            <Ref>{holder.member}</Ref> <Ref>{holder.reference}</Ref> <Moment atMs={holder.atMs} seconds />
          </span>
        ))}
        {of.holders.length === 0 && (
          <span>
            <Trans>none yet, which proves nothing</Trans>
          </span>
        )}
      </Box>
    </ol>
  );
}

function NotYet() {
  return (
    <span>
      <Trans>not verified here yet</Trans>
    </span>
  );
}

interface BoxProps {
  readonly title: ReactNode;
  readonly of: Picture;
  readonly isThere: boolean;
  readonly children: ReactNode;
}

function Box({ title, of, isThere, children }: BoxProps) {
  const proven = isThere && (of.standing === 'proven' || of.standing === 'void');
  return (
    <li className="picture__box" data-proven={proven || undefined}>
      <p className="picture__title">
        {of.standing === 'failed' ? <Warning /> : proven ? <Check /> : <Question />}
        {title}
      </p>
      <div className="picture__body">{children}</div>
    </li>
  );
}

/** The way from the leaf to the root: at each step the hash that is joined, on its side. */
function Way({ sides }: { readonly sides: readonly ('left' | 'right')[] }) {
  const steps = sides.map((side, at) => ({ side, x: 12 + (at + 1) * 16 }));
  const width = 24 + (sides.length + 1) * 16;
  return (
    <svg className="way" viewBox={`0 0 ${width} 44`} aria-hidden="true" focusable="false">
      <path d={`M12 22 H${width - 12}`} className="way__line" />
      <rect x="7" y="17" width="10" height="10" className="way__leaf" />
      {steps.map(({ side, x }) => (
        <g key={x}>
          <path d={`M${x} 22 V${side === 'left' ? 8 : 36}`} className="way__line" />
          <rect x={x - 4} y={side === 'left' ? 4 : 32} width="8" height="8" className="way__hash" />
          <circle cx={x} cy="22" r="4" className="way__node" />
        </g>
      ))}
      <circle cx={width - 12} cy="22" r="5" className="way__root" />
    </svg>
  );
}
