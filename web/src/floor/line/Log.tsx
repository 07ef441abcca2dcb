// The log of a desk, newest below. It opens at its end, and stays there when something new comes unless the officer has
// scrolled up to read; then a key says how many came meanwhile. Earlier pages are asked for at the top.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { useClient } from '../../data/client';
import { asProblem } from '../../data/problem';
import type { FeedItem, FeedPage } from '../../data/wire';
import { ShownMark } from '../shown/ShownMark';
import { StatementCard } from '../statement/StatementCard';
import { joined } from './pages';

interface Props {
  readonly page: FeedPage;
  readonly desk: string;
  readonly folded: boolean;
  /** References of statements that are pinned over the log: here they are told in short. */
  readonly pinned: readonly string[];
}

const AT_END_PX = 60;

export function Log({ page, desk, folded, pinned }: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const [unseen, setUnseen] = useState(0);
  const earlier = useEarlier(page, desk);
  const items = useMemo(() => joined(page.items, earlier.items), [page.items, earlier.items]);
  const newest = items.at(-1)?.item.reference;
  const before = useRef<string | undefined>(undefined);

  useLayoutEffect(() => {
    const box = list.current;
    if (!box || newest === undefined) return undefined;
    if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
    else if (before.current !== undefined && before.current !== newest) setUnseen((count) => count + 1);
    before.current = newest;
    // What is drawn later, such as a rendition, must not push the newest off the screen.
    const follow = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
    });
    for (const child of box.children) follow.observe(child);
    return () => follow.disconnect();
  }, [newest]);

  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  return (
    <div className="log__frame">
      <ol
        className="log"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
        tabIndex={0}
        aria-label={t`Statements, the newest last`}
        onScroll={({ currentTarget: at }) => {
          atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < AT_END_PX;
          if (atEnd.current) setUnseen(0);
        }}
      >
        {earlier.more && (
          <li className="log__earlier">
            <Button className="key key--small" isDisabled={earlier.asking} onPress={() => void earlier.ask()}>
              <Trans>Earlier</Trans>
            </Button>
            {earlier.problem && <p className="note note--bad">{earlier.problem}</p>}
          </li>
        )}
        {items.map(({ item, state, over, opener }) => (
          <li key={item.reference}>
            <ShownMark item={item}>
              <Card
                item={item}
                state={state}
                over={over}
                opener={opener}
                folded={folded || pinned.includes(item.reference)}
                pinned={pinned.includes(item.reference)}
              />
            </ShownMark>
          </li>
        ))}
      </ol>
      {unseen > 0 && (
        <Button className="key key--first log__unseen" onPress={toEnd}>
          <Plural value={unseen} one="# new below" other="# new below" />
        </Button>
      )}
    </div>
  );
}

interface CardProps extends FeedItem {
  readonly folded: boolean;
  readonly pinned: boolean;
}

function Card({ item, state, over, opener, folded, pinned }: CardProps) {
  const around = useMemo(() => ({ state, over, opener }), [state, over, opener]);
  return <StatementCard of={item} around={around} folded={folded} withoutActs={pinned} />;
}

/** Pages before the first, asked for one by one and kept. */
function useEarlier(first: FeedPage, desk: string) {
  const client = useClient();
  const [items, setItems] = useState<readonly FeedItem[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const cursor = next === undefined ? first.next : next;
  const ask = async () => {
    setAsking(true);
    setProblem(null);
    try {
      const page = await client.feed(desk, cursor);
      setItems((kept) => [...kept, ...page.items]);
      setNext(page.next);
    } catch (thrown) {
      setProblem(asProblem(thrown).message);
    } finally {
      setAsking(false);
    }
  };
  return { items, more: cursor !== null, asking, problem, ask };
}
