// The keys of a draft: keep it, hand it on for review, approve it, drop it.

import { Trans } from '@lingui/react/macro';
import { Button } from 'react-aria-components';
import { useSeat } from '../../app/seat';
import type { DraftState } from '../../data/wire';
import type { Saying } from '../../say/saying';
import type { DraftKeeping } from './useDraftKeeping';

interface Props {
  readonly keeping: DraftKeeping;
  readonly saying: Saying;
  readonly onKept: () => void;
}

export function DraftKeys({ keeping, saying, onKept }: Props) {
  const { session } = useSeat();
  const { draft } = keeping;
  const keep = async (state: DraftState) => {
    if (await keeping.keep(saying, state)) onKept();
  };
  const reviewed = draft?.state === 'in-review' && draft.author !== session.position;
  return (
    <>
      <Button className="key" isDisabled={keeping.keeping} onPress={() => void keep('draft')}>
        <Trans>Keep as draft</Trans>
      </Button>
      <Button className="key" isDisabled={keeping.keeping} onPress={() => void keep('in-review')}>
        <Trans>Hand on for review</Trans>
      </Button>
      {reviewed && (
        <Button className="key" isDisabled={keeping.keeping} onPress={() => void keep('ready')}>
          <Trans>Reviewed: ready</Trans>
        </Button>
      )}
      {draft && (
        <Button
          className="key"
          isDisabled={keeping.keeping}
          onPress={() => void keeping.drop().then((gone) => gone && onKept())}
        >
          <Trans>Drop the draft</Trans>
        </Button>
      )}
    </>
  );
}
