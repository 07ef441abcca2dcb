// What can be done about a statement now: the first offer as a key of its own, the others beside it or in a menu.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { useLineOpen } from '../../data/queries';
import type { ItemView } from '../../data/wire';
import { useOpeners } from '../opening';
import { ActWord } from './ActWord';
import { type Around, type Offer, offers } from './offers';

interface Props {
  readonly item: ItemView;
  readonly around: Around;
  readonly actsFirst: boolean;
}

const BESIDE = 2;
/** What it says, as its kind or its step names it. */
const nameOf = (offer: Offer): string => (offer.act === 'move' ? offer.kind : offer.act);
const keyOf = (offer: Offer): string => `${offer.act} ${offer.kind}`;

export function Acts({ item, around, actsFirst }: Props) {
  const { t } = useLingui();
  const { floor, session } = useSeat();
  const { open } = useOpeners();
  const lineOpen = useLineOpen();
  const found = offers(floor, session, item, around);
  const main = found[0]?.isMain ? found[0] : null;
  const rest = main ? found.slice(1) : found;
  const beside = rest.slice(0, BESIDE);
  const behind = rest.slice(BESIDE);
  const press = (offer: Offer) => open({ what: 'act', offer, item });
  if (found.length === 0) return null;
  return (
    <div className="acts">
      {main && (
        <Button
          className={actsFirst && main.act === 'acknowledge' ? 'key key--danger' : 'key key--first'}
          data-act={nameOf(main)}
          isDisabled={!lineOpen}
          onPress={() => press(main)}
        >
          <ActWord of={main} actsFirst={actsFirst} />
        </Button>
      )}
      {beside.map((offer) => (
        <Button
          className="key key--small"
          key={keyOf(offer)}
          data-act={nameOf(offer)}
          isDisabled={!lineOpen}
          onPress={() => press(offer)}
        >
          <ActWord of={offer} />
        </Button>
      ))}
      {behind.length > 0 && (
        <MenuTrigger>
          <Button className="key key--small" isDisabled={!lineOpen} aria-label={t`More about ${item.reference}`}>
            <Trans>More…</Trans>
          </Button>
          <Popover className="popover" placement="bottom start">
            <Menu className="menu" aria-label={t`More about ${item.reference}`}>
              {behind.map((offer) => (
                <MenuItem
                  className="menu__item"
                  key={keyOf(offer)}
                  data-act={nameOf(offer)}
                  id={keyOf(offer)}
                  onAction={() => press(offer)}
                >
                  <ActWord of={offer} />
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </div>
  );
}
