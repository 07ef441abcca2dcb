// A desk drawn from its declaration alone: its cases with their states and clocks, and the chosen case with everything that
// was said in it. A desk that is added to the program is shown here without a line of its own.

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useCases } from '../../data/queries';
import { shown } from '../../data/standing';
import type { CaseView } from '../../data/wire';
import { Empty, InStanding } from '../../parts/States';
import { WriteKeys } from '../composer/WriteKeys';
import { CasePage } from './CasePage';
import { CaseRow } from './CaseRow';
import './desk.css';

interface Props {
  readonly desk: string;
  readonly folded: boolean;
}

export function DeclaredDesk({ desk, folded }: Props) {
  const { t } = useLingui();
  const standing = useCases(desk);
  const [chosen, setChosen] = useState<string | null>(null);
  const cases = shown(standing)?.cases ?? [];
  const current = chosen ?? cases[0]?.reference ?? null;
  return (
    <div className="declared">
      <div className="declared__body">
        <InStanding
          standing={standing}
          isEmpty={(page) => page.cases.length === 0}
          empty={
            <Empty title={<Trans>No case is open at this desk</Trans>}>
              <Trans>
                What is said here opens a case; its state follows from the record and is the same on every node.
              </Trans>
            </Empty>
          }
        >
          {(page) => (
            <div className="cases">
              <ul className="cases__list" aria-label={t`Cases`}>
                {page.cases.map((one) => (
                  <CaseKey key={one.reference} of={one} chosen={one.reference === current} onChoose={setChosen} />
                ))}
              </ul>
              {current && <CasePage reference={current} folded={folded} />}
            </div>
          )}
        </InStanding>
      </div>
      <WriteKeys desk={desk} />
    </div>
  );
}

interface KeyProps {
  readonly of: CaseView;
  readonly chosen: boolean;
  readonly onChoose: (reference: string) => void;
}

function CaseKey({ of, chosen, onChoose }: KeyProps) {
  return (
    <li>
      <Button className="case-key" {...(chosen ? { 'aria-current': true } : {})} onPress={() => onChoose(of.reference)}>
        <CaseRow of={of} />
      </Button>
    </li>
  );
}
