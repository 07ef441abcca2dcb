// The lines between the nodes, each drawn from one floor to the other, with a key that cuts it.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { Broken, Check } from '../parts/icons';
import { Ref } from '../parts/Words';
import type { Acting, LineState, TheatreState } from './state';

export function Lines({ of, acting }: { readonly of: TheatreState; readonly acting: Acting }) {
  const { t } = useLingui();
  const codes = of.floors.map((floor) => floor.code);
  const far = Math.max(1, codes.length - 1);
  return (
    <ul
      className="lines"
      aria-label={t`Lines between the nodes`}
      style={{ gridTemplateColumns: `repeat(${2 * codes.length}, minmax(0, 1fr))` }}
    >
      {of.lines.map((line) => {
        const [from, to] = [codes.indexOf(line.a), codes.indexOf(line.b)].toSorted((one, other) => one - other);
        if (from === undefined || to === undefined || from < 0) return null;
        // From the middle of one column to the middle of the other; the longer a line, the higher it runs.
        const place = { gridColumn: `${2 * from + 2} / ${2 * to + 2}`, gridRow: far - (to - from) + 1 };
        const dead = of.nodes.some((node) => !node.alive && (node.code === line.a || node.code === line.b));
        return (
          <li key={`${line.a} ${line.b}`} className="wire" data-cut={line.cut || dead || undefined} style={place}>
            <Line of={line} dead={dead} acting={acting} />
          </li>
        );
      })}
    </ul>
  );
}

interface Props {
  readonly of: LineState;
  readonly dead: boolean;
  readonly acting: Acting;
}

function Line({ of: { a, b, cut }, dead, acting }: Props) {
  const { t } = useLingui();
  return (
    <span className="wire__told">
      {cut || dead ? <Broken /> : <Check />}
      <Ref>{a}</Ref>
      <span aria-hidden="true">·</span>
      <Ref>{b}</Ref>
      <span className="wire__word">
        {cut ? <Trans>cut</Trans> : dead ? <Trans>no node at one end</Trans> : <Trans>open</Trans>}
      </span>
      {cut ? (
        <Button
          className="key key--small"
          aria-label={t`Restore the line between ${a} and ${b}`}
          onPress={() => acting.act({ act: 'restore' })}
        >
          <Trans>Restore</Trans>
        </Button>
      ) : (
        !dead && (
          <Button
            className="key key--small"
            data-act="cut"
            aria-label={t`Cut the line between ${a} and ${b}`}
            onPress={() => acting.act({ act: 'cut', a, b })}
          >
            <Trans>Cut</Trans>
          </Button>
        )
      )}
    </span>
  );
}
