// Handing the watch over: to whom, then the sheet that the program makes, then one key. What is seen is what is signed: the
// statement bears the digest of this very sheet, and what has come since is told beside it.

import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useClient } from '../../data/client';
import { asProblem, type Problem } from '../../data/problem';
import { useCase, useLineOpen, useNowView, useSheet } from '../../data/queries';
import { shown } from '../../data/standing';
import type { SheetView } from '../../data/wire';
import { Labelled } from '../../forms/Labelled';
import { Select } from '../../forms/Select';
import { InStanding } from '../../parts/States';
import { Ref } from '../../parts/Words';
import { sayingOpening } from '../../say/about';
import { SayForm } from '../acts/SayForm';
import { Panel } from '../composer/Panel';
import { ProblemNote } from '../composer/Sending';
import { openingOf } from '../line/pins';
import { positionsOn } from './positions';
import { Sheet, Since } from './Sheet';

export function HandOver({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<SheetView | null>(null);
  return (
    <Panel title={<Trans>Hand over the watch</Trans>} onClose={onClose}>
      {made ? (
        <Signing key={made.kept.digest} made={made} onAgain={setMade} onDone={onClose} />
      ) : (
        <ToWhom onMade={setMade} />
      )}
    </Panel>
  );
}

function ToWhom({ onMade }: { readonly onMade: (made: SheetView) => void }) {
  const { t } = useLingui();
  const { floor, session } = useSeat();
  const watch = shown(useNowView())?.watches.find((one) => one.member === floor.me) ?? null;
  const roster = shown(useCase(watch?.roster ?? null));
  const positions = positionsOn(roster ? openingOf(roster)?.content?.['roster'] : undefined, session.position);
  const [chosen, setChosen] = useState('');
  const to = chosen || (positions[0] ?? '');
  const making = useMaking(onMade);
  return (
    <form
      className="to-whom"
      onSubmit={(event) => {
        event.preventDefault();
        if (to) void making.make(to);
      }}
    >
      <Labelled title={<Trans>To the position</Trans>} name="to" required>
        {(bound) =>
          positions.length > 0 ? (
            <Select
              id={bound.id}
              value={to}
              options={positions.map((one) => ({ value: one, title: one }))}
              onChange={setChosen}
            />
          ) : (
            <input
              {...bound}
              className="input"
              dir="ltr"
              maxLength={32}
              placeholder={t`such as duty-2`}
              value={chosen}
              onChange={({ target }) => setChosen(target.value.trim())}
            />
          )
        }
      </Labelled>
      <MakeKey making={making} to={to} first />
      <ProblemNote of={making.problem} />
    </form>
  );
}

interface SigningProps {
  readonly made: SheetView;
  readonly onAgain: (made: SheetView) => void;
  readonly onDone: () => void;
}

function Signing({ made, onAgain, onDone }: SigningProps) {
  const { floor, session } = useSeat();
  const making = useMaking(onAgain);
  const standing = useSheet(made.kept.digest);
  const saying = sayingOpening(floor, session, 'handover', 'ROUTINE');
  const { to, digest } = made.kept;
  if (!saying) return null;
  return (
    <>
      <p className="note">
        <Trans>
          Until <Ref>{to}</Ref> takes it over, the watch is yours. Both of you sign the digest of this sheet.
        </Trans>
      </p>
      <InStanding standing={standing}>
        {({ since }) => (
          <>
            <Since of={since} />
            {since.said.length + since.log.length > 0 && <MakeKey making={making} to={to} />}
          </>
        )}
      </InStanding>
      <Sheet of={made.sheet} />
      <ProblemNote of={making.problem} />
      <SayForm
        saying={saying}
        kind={floor.kind('handover')}
        fields={[]}
        oneOf={[]}
        fixed={{ to, sheet: digest }}
        filled={{}}
        open={[]}
        onDone={onDone}
      />
    </>
  );
}

interface Making {
  readonly make: (to: string) => Promise<void>;
  readonly busy: boolean;
  readonly problem: Problem | null;
}

function useMaking(onMade: (made: SheetView) => void): Making {
  const client = useClient();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (to: string) => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await client.makeSheet(to);
      queries.setQueryData(['sheet', made.kept.digest], made);
      onMade(made);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { make, busy, problem };
}

interface MakeKeyProps {
  readonly making: Making;
  readonly to: string;
  readonly first?: boolean;
}

function MakeKey({ making, to, first = false }: MakeKeyProps) {
  const lineOpen = useLineOpen();
  return (
    <Button
      className={first ? 'key key--first' : 'key key--small'}
      {...(first ? { type: 'submit' as const } : { onPress: () => void making.make(to) })}
      isDisabled={making.busy || !lineOpen || to === ''}
      data-make-sheet
    >
      {first ? <Trans>Make the sheet</Trans> : <Trans>Make the sheet anew</Trans>}
    </Button>
  );
}
