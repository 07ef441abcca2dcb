// Taking the watch over: the sheet that was handed over, first what has come since, then one key that signs its digest.

import { Trans } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import { useSheet } from '../../data/queries';
import type { ItemView } from '../../data/wire';
import { InStanding } from '../../parts/States';
import { Code, Ref } from '../../parts/Words';
import type { Saying } from '../../say/saying';
import { SayForm } from '../acts/SayForm';
import { Sheet, Since } from './Sheet';

interface Props {
  readonly item: ItemView;
  readonly saying: Saying;
  readonly onDone: () => void;
}

export function TakeOver({ item, saying, onDone }: Props) {
  const { floor } = useSeat();
  const digest = item.content?.['sheet'];
  const standing = useSheet(typeof digest === 'string' ? digest : null);
  if (typeof digest !== 'string') return null;
  return (
    <>
      <p className="note">
        <Trans>
          <Ref>{item.position}</Ref> hands the watch over, by <Ref>{item.reference}</Ref>. It is yours once you have
          signed.
        </Trans>
      </p>
      {standing.state === 'error' ? (
        <p className="note note--bad" role="alert">
          <Trans>
            The sheet <Code>{digest}</Code> cannot be shown: ask for it by voice before you sign.
          </Trans>{' '}
          <Code>{standing.code}</Code>
        </p>
      ) : (
        <InStanding standing={standing}>
          {({ sheet, since }) => (
            <>
              <Since of={since} />
              <Sheet of={sheet} />
            </>
          )}
        </InStanding>
      )}
      <SayForm
        saying={saying}
        kind={floor.kind('take-over')}
        fields={[]}
        oneOf={[]}
        fixed={{ sheet: digest }}
        filled={{}}
        open={[]}
        onDone={onDone}
      />
    </>
  );
}
