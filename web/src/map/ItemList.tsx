// What is on the map, as a list: the accessible way in. What is selected here is shown there, and the other way round.

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import { Select } from '../forms/Select';
import { Warning } from '../parts/icons';
import { Moment } from '../parts/Moment';
import { Ref, Words } from '../parts/Words';
import { KindSign } from './KindSign';
import { FILTERS, type Filter, listed, type Row } from './listing';
import { type MapItem, windowOf } from './volume';
import { useMapWords } from './words';

const ROW_PX = 104;

interface Props {
  readonly items: readonly MapItem[];
  readonly instant: number;
  readonly selected: string | null;
  readonly onSelect: (reference: string | null) => void;
}

export function ItemList({ items, instant, selected, onSelect }: Props) {
  const { t } = useLingui();
  const [filter, setFilter] = useState<Filter>('all');
  const rows = useMemo(() => listed(items, instant, filter), [items, instant, filter]);
  const names = { all: t`all`, active: t`active at this instant`, conflict: t`in conflict` };
  const list = useRef<HTMLDivElement>(null);
  useInSight(list, rows, selected);
  const [shown, all] = [rows.length, items.length];
  const layout = useMemo(() => new ListLayout({ rowSize: ROW_PX }), []);
  return (
    <section className="items" aria-label={t`On the map`}>
      <div className="items__head">
        <span>
          <Trans>
            Shown: {shown} of {all}
          </Trans>
        </span>
        <Select
          label={t`Which items`}
          value={filter}
          options={FILTERS.map((one) => ({ value: one, title: names[one] }))}
          onChange={(chosen) => setFilter(FILTERS.find((one) => one === chosen) ?? 'all')}
        />
      </div>
      <Virtualizer layout={layout}>
        <ListBox
          ref={list}
          className="items__list"
          aria-label={t`Items on the map`}
          items={rows}
          selectionMode="single"
          selectedKeys={selected === null ? [] : [selected]}
          onSelectionChange={(keys) => onSelect(keys === 'all' ? null : ([...keys].map(String)[0] ?? null))}
          renderEmptyState={() => (
            <p className="note">
              <Trans>Nothing to show.</Trans>
            </p>
          )}
        >
          {(row) => (
            <ListBoxItem className="item" id={row.id} textValue={row.id}>
              <ItemRow row={row} />
            </ListBoxItem>
          )}
        </ListBox>
      </Virtualizer>
    </section>
  );
}

/** What is selected elsewhere is brought into sight here. */
function useInSight(list: React.RefObject<HTMLDivElement | null>, rows: readonly Row[], selected: string | null): void {
  const show = useEffectEvent((reference: string) => {
    const at = rows.findIndex((row) => row.id === reference);
    const box = list.current;
    if (at < 0 || !box) return;
    const top = at * ROW_PX;
    const inSight = top >= box.scrollTop && top + ROW_PX <= box.scrollTop + box.clientHeight;
    if (!inSight) box.scrollTop = Math.max(0, top - (box.clientHeight - ROW_PX) / 2);
  });
  useEffect(() => {
    if (selected !== null) show(selected);
  }, [selected]);
}

function ItemRow({ row: { item, standing } }: { readonly row: Row }) {
  const words = useMapWords();
  const window = windowOf(item.volumes);
  return (
    <>
      <span className="item__head">
        <KindSign kind={item.kind} />
        <strong>{words.kinds[item.kind]}</strong>
        <Ref>{item.reference}</Ref>
        <span className={`item__standing item__standing--${standing}`}>{words.standings[standing]}</span>
      </span>
      <span className="item__title">
        <Words of={item.title} />
      </span>
      {window && (
        <>
          <span className="item__window">
            <Trans>from</Trans> <Moment atMs={window[0]} date />
          </span>
          <span className="item__window">
            <Trans>until</Trans> <Moment atMs={window[1]} date />
          </span>
        </>
      )}
      {item.conflicts.length > 0 ? (
        <span className="item__conflict">
          <Warning />
          {words.conflict}
          {item.conflicts.slice(0, 3).map((reference) => (
            <Ref key={reference}>{reference}</Ref>
          ))}
        </span>
      ) : (
        <span className="item__state">{item.state}</span>
      )}
    </>
  );
}
