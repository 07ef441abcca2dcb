// Whose the lines and names on the map are. Each member's can be hidden; none is the mechanism's own.

import { Trans, useLingui } from '@lingui/react/macro';
import type { MapPackView } from '../data/wire';
import { Ref, Words } from '../parts/Words';

interface Props {
  readonly packs: readonly MapPackView[];
  readonly hidden: ReadonlySet<MapPackView>;
  readonly onHidden: (hidden: ReadonlySet<MapPackView>) => void;
}

/** Whose lines and names are on the map: said whether or not the notes are open. */
function Whose({ packs }: { readonly packs: readonly MapPackView[] }) {
  if (packs.length === 0) return null;
  return (
    <p className="packs__whose">
      {packs.map((pack) => (
        <span key={`${pack.member} ${pack.title}`}>
          <Trans>according to</Trans> <Ref>{pack.member}</Ref>: <Words of={{ text: pack.title, language: '' }} />
        </span>
      ))}
    </p>
  );
}

export function PackNotes({ packs, hidden, onHidden }: Props) {
  const { t } = useLingui();
  const kinds = {
    boundaries: t`boundaries`,
    gazetteer: t`place names`,
    other: t`other`,
    ground: t`ground, for orientation`,
  };
  const turn = (pack: MapPackView, shown: boolean) => {
    const next = new Set(hidden);
    if (shown) next.delete(pack);
    else next.add(pack);
    onHidden(next);
  };
  return (
    <>
      <Whose packs={packs.filter((pack) => !hidden.has(pack))} />
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
                    <Trans>
                      {kinds[pack.kind]}, according to <Ref>{pack.member}</Ref>:
                    </Trans>{' '}
                    <Words of={{ text: pack.title, language: '' }} />
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )}
      </details>
    </>
  );
}
