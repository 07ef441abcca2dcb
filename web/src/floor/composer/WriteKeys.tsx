// The keys to write at a desk: first its usual kind, then the other kinds that open a case, then drafts.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { useDrafts, useLineOpen } from '../../data/queries';
import { shown } from '../../data/standing';
import type { Kind } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { maySay } from '../../say/rights';
import { useOpening } from '../opening';
import { openers } from './openers';

export function WriteKeys({ desk }: { readonly desk: string }) {
  const { t } = useLingui();
  const { floor, session } = useSeat();
  const { language } = useLanguage();
  const { open } = useOpening();
  const lineOpen = useLineOpen();
  const drafts = (shown(useDrafts())?.drafts ?? []).filter(
    (draft) => draft.state !== 'sent' && draft.state !== 'dropped',
  );
  const kinds = openers(floor, desk);
  const [first, ...rest] = kinds.filter((kind) => maySay(floor, session, kind.name));
  // What another officer must sign can be written here all the same, and handed on.
  const others = [...rest, ...kinds.filter((kind) => !maySay(floor, session, kind.name))];
  const compose = (kind: Kind) => open({ what: 'compose', desk, kind: kind.name, draft: null });
  return (
    <div className="write">
      {first ? (
        <Button className="key key--first" isDisabled={!lineOpen} onPress={() => compose(first)}>
          <Trans>Write: {titleIn(first.title, language)}</Trans> <kbd>N</kbd>
        </Button>
      ) : (
        <p className="note">
          <Trans>Your mandates open no case at this desk.</Trans>
        </p>
      )}
      {others.length > 0 && (
        <MenuTrigger>
          <Button className="key" isDisabled={!lineOpen}>
            <Trans>Other…</Trans>
          </Button>
          <Popover className="popover" placement="top start">
            <Menu className="menu" aria-label={t`Other kinds of statement`}>
              {others.map((kind) => (
                <MenuItem className="menu__item" key={kind.name} id={kind.name} onAction={() => compose(kind)}>
                  {titleIn(kind.title, language)}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      <Button className="key" onPress={() => open({ what: 'drafts' })}>
        <Plural value={drafts.length} _0="Drafts" one="# draft" other="# drafts" /> <kbd>D</kbd>
      </Button>
    </div>
  );
}
