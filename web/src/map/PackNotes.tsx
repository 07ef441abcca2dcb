// Whose the lines and names on the map are. Each member's can be hidden; none is the mechanism's own.

import { Trans, useLingui } from '@lingui/react/macro';
import type { MapPackView } from '../data/wire';
import { Ref, Words } from '../parts/Words';

interface Props {
  readonly packs: readonly MapPackView[];
  readonly hidden: ReadonlySet<MapPackView>;
  readonly onHidden: (hidden: ReadonlySet<MapPackView>) => void;
}

export function PackNotes({ packs, hidden, onHidden }: Props) {
  const { t } = useLingui();
  const kinds = { boundaries: t`boundaries`, gazetteer: t`place names`, other: t`other` };
  const turn = (pack: MapPackView, shown: boolean) => {
    const next = new Set(hidden);
    if (shown) next.delete(pack);
    else next.add(pack);
    onHidden(next);
  };
  return (
    <details className="packs">
      <summary>
        <Trans>About this map</Trans>
      </summary>
      <p className="note">
        <Trans>
          Land and water: Natural Earth, for orientation only. No border and no name on this map is the mechanism's.
        </Trans>
      </p>
      {packs.length > 0 && (
        <ul>
          {packs.map((pack) => (
            <li key={`${pack.member} ${pack.title}`}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={!hidden.has(pack)}
                  onChange={({ target }) => turn(pack, target.checked)}
                />
                <span>
                  {kinds[pack.kind]}, <Trans>according to</Trans> <Ref>{pack.member}</Ref>:{' '}
                  <Words of={{ text: pack.title, language: '' }} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
