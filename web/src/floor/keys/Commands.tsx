// What each shortcut does on the floor.

import { useQueryClient } from '@tanstack/react-query';
import { useSeat } from '../../app/seat';
import type { CasesPage, NowView } from '../../data/wire';
import type { Look } from '../../design/theme';
import { useAlarm } from '../alarm/AlarmProvider';
import { openers } from '../composer/openers';
import { pins } from '../line/pins';
import { nowRows } from '../now/now';
import { useNextAct } from '../now/useNextAct';
import { RECORD_DESK, SEARCH_DESK, useOpening } from '../opening';
import { SEARCH_FIELD } from '../search/SearchDesk';
import { useStopOpen } from '../stop/StopContext';
import { ChangeOfficer } from '../watch/ChangeOfficer';
import { useChanging } from '../watch/changing';
import { usePresent } from '../watch/usePresent';
import { Shortcuts } from './Shortcuts';
import type { Command } from './shortcuts';

interface Props {
  readonly look: Look;
  readonly onLook: (look: Look) => void;
}

const ALWAYS: ReadonlySet<Command> = new Set<Command>(['stop', 'silence']);

export function Commands({ look, onLook }: Props) {
  const { floor } = useSeat();
  const queries = useQueryClient();
  const opening = useOpening();
  const { setOpen } = useStopOpen();
  const { silence } = useAlarm();
  const { present } = usePresent();
  const act = useNextAct();
  const { changing, setChanging } = useChanging();

  const acknowledge = () => {
    const now = queries.getQueryData<NowView>(['now']);
    const rows = now ? nowRows(now.clocks, now.rings, floor.me, Date.now()) : [];
    const owed = rows.find((row) => row.next === 'acknowledge');
    if (owed) void act(owed);
  };
  const answerPresent = () => {
    const cases = queries.getQueryData<CasesPage>(['cases', 'line', 'open'])?.cases ?? [];
    const asked = pins(cases, floor.me).proofs[0];
    if (asked) void present(asked);
  };
  const write = () => {
    const desk = opening.desk === RECORD_DESK || opening.desk === SEARCH_DESK ? 'line' : opening.desk;
    const kind = openers(floor, desk)[0];
    if (!kind) return;
    if (desk !== opening.desk) opening.chooseDesk(desk);
    opening.open({ what: 'compose', desk, kind: kind.name, draft: null });
  };
  const onCommand = (command: Command) => {
    // While officers change, nothing of the floor behind is moved, but for what must never wait.
    if (changing && !ALWAYS.has(command)) return;
    if (typeof command === 'object') {
      const desk = floor.view.desks[command.desk]?.name;
      if (desk) opening.chooseDesk(desk);
      return;
    }
    const does: Readonly<Record<Exclude<Command, object>, () => void>> = {
      stop: () => setOpen(true),
      acknowledge,
      write,
      drafts: () => opening.open({ what: 'drafts' }),
      present: answerPresent,
      silence,
      line: () => opening.chooseDesk('line'),
      search: () => {
        opening.chooseDesk(SEARCH_DESK);
        document.getElementById(SEARCH_FIELD)?.focus();
      },
      officer: () => setChanging(true),
      record: () => opening.chooseDesk(RECORD_DESK),
      watch: () => onLook({ ...look, mode: look.mode === 'watch' ? 'floor' : 'watch' }),
      shortcuts: () => undefined,
    };
    does[command]();
  };
  return (
    <>
      <Shortcuts onCommand={onCommand} />
      <ChangeOfficer open={changing} onOpenChange={setChanging} />
    </>
  );
}
