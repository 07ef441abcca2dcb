// What is to be looked at before something is filed. It refuses nothing: the officer knows better what was meant.

import { Trans } from '@lingui/react/macro';
import type { DoubtView } from '../../data/wire';
import { Span } from '../../parts/Span';
import { apart, guessOf, heightsOf, kilometres } from './doubts';
import { Amount } from './VerdictWords';

interface Props {
  readonly doubts: readonly DoubtView[];
  readonly shortMs: number | null;
}

export function DoubtList({ doubts, shortMs }: Props) {
  if (doubts.length === 0 && shortMs === null) return null;
  return (
    <section className="doubts" role="status">
      <strong>
        <Trans>Look again before it is filed</Trans>
      </strong>
      <ul>
        {apart(doubts).map((one) => (
          <li key={`${one.volume} ${one.code} ${one.field}`} data-doubt={one.code}>
            <Numbered volume={one.volume} /> <DoubtWords of={one} /> <GuessWords of={one} />
          </li>
        ))}
        {shortMs !== null && (
          <li data-doubt="short">
            <Trans>
              It falls <Span ms={shortMs} /> short of the notice that the charter asks for. It is taken all the same.
            </Trans>
          </li>
        )}
      </ul>
    </section>
  );
}

function Numbered({ volume }: { readonly volume: number }) {
  const number = volume + 1;
  return (
    <span className="doubts__volume">
      <Trans>Volume {number}:</Trans>
    </span>
  );
}

function DoubtWords({ of }: { readonly of: DoubtView }) {
  switch (of.code) {
    case 'outside-area':
      return (
        <Trans>
          it lies outside the area of the mechanism, by <Distance of={of} />.
        </Trans>
      );
    case 'jump':
      return (
        <Trans>
          it lies <Distance of={of} /> from your last notice of this activity.
        </Trans>
      );
    case 'unit':
      return <UnitWords of={of} />;
    case 'begun':
      return (
        <Trans>
          it began <Span ms={(of.numbers['since_min'] ?? 0) * 60_000} /> ago.
        </Trans>
      );
    case 'long':
      return (
        <Trans>
          it lasts <Span ms={(of.numbers['days'] ?? 0) * 86_400_000} />.
        </Trans>
      );
    case 'name-unknown':
      return <Trans>no gazetteer of this node has a place of that name.</Trans>;
    case 'name-elsewhere':
      return (
        <Trans>
          the place of that name is <Distance of={of} /> from the coordinates.
        </Trans>
      );
    case 'landmark-elsewhere':
      return (
        <Trans>
          the coordinates are <Amount of={(of.numbers['off_m'] ?? 0) / 1000} digits={1} unit="km" /> from where bearing
          and distance from the landmark lead.
        </Trans>
      );
    default:
      return <bdi dir="auto">{of.reason}</bdi>;
  }
}

function Distance({ of }: { readonly of: DoubtView }) {
  return <Amount of={kilometres(of)} digits={1} unit="km" />;
}

function UnitWords({ of }: { readonly of: DoubtView }) {
  const { entered, meant } = heightsOf(of);
  return of.how === 'feet' ? (
    <Trans>
      a height of <Amount of={entered} digits={0} unit="m" /> is unusual. Were feet meant, which would be{' '}
      <Amount of={meant} digits={0} unit="m" />?
    </Trans>
  ) : (
    <Trans>
      a height of <Amount of={entered} digits={0} unit="m" /> is unusual. Were metres meant, which would be{' '}
      <Amount of={meant} digits={0} unit="m" />?
    </Trans>
  );
}

/** The place that may have been meant, where two numbers changed places. */
function GuessWords({ of }: { readonly of: DoubtView }) {
  const guess = guessOf(of);
  if (guess === null) return null;
  return (
    <strong className="doubts__guess" data-how={of.how}>
      {of.how === 'swapped' ? (
        <Trans>
          Latitude and longitude may be exchanged: did you mean <Place of={guess} />?
        </Trans>
      ) : (
        <Trans>
          Did you mean <Place of={guess} />?
        </Trans>
      )}
    </strong>
  );
}

function Place({ of }: { readonly of: string }) {
  return (
    <bdi dir="ltr" className="measure">
      {of}
    </bdi>
  );
}
