// Centre: the chosen desk. The Line shows its log; a desk without a view of its own here says where its cases are.

import { Trans } from '@lingui/react/macro';
import type { DeskName, LineStatement } from '../../data/floor';
import type { Standing } from '../../data/standing';
import { DeskSign } from '../../parts/icons';
import { Empty } from '../../parts/States';
import { DeskWord } from '../desks/DeskWord';
import './centre.css';
import { LineLog } from './LineLog';

interface Props {
  readonly desk: DeskName;
  readonly line: Standing<readonly LineStatement[]>;
  /** In watch mode ladders are folded. */
  readonly folded: boolean;
}

export function Centre({ desk, line, folded }: Props) {
  return (
    <main className="centre" id="centre" tabIndex={-1}>
      <h2 className="centre__title">
        <DeskSign desk={desk} />
        <DeskWord of={desk} />
      </h2>
      {desk === 'line' ? <LineLog standing={line} folded={folded} /> : <NoCase />}
    </main>
  );
}

function NoCase() {
  return (
    <Empty title={<Trans>No case is open at this desk</Trans>}>
      <Trans>What is said here opens a case; its state follows from the record and is the same on every node.</Trans>
    </Empty>
  );
}
