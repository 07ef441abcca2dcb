// What two volumes are to each other, in words and numbers.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ConflictStatus, VerdictView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Span } from '../../parts/Span';

export function StatusWord({ of }: { readonly of: ConflictStatus }) {
  switch (of) {
    case 'conflict':
      return <Trans>Conflict</Trans>;
    case 'not comparable':
      return <Trans>Cannot be excluded</Trans>;
    case 'near':
      return <Trans>Near</Trans>;
  }
}

export function VerdictWords({ of }: { readonly of: VerdictView }) {
  const minutes = Math.abs(of.time_gap_ms);
  return (
    <ul className="verdict">
      <li>
        {of.space === 'overlaps' ? (
          <Trans>the areas overlap</Trans>
        ) : (
          <Trans>
            the areas are <Amount of={of.distance_m / 1000} digits={1} unit="km" /> apart
          </Trans>
        )}
      </li>
      <li>
        {of.time === 'overlaps' ? (
          <Trans>
            the times overlap by <Span ms={minutes} />
          </Trans>
        ) : (
          <Trans>
            the times are <Span ms={minutes} /> apart
          </Trans>
        )}
      </li>
      <li>
        <HeightWords of={of} />
      </li>
    </ul>
  );
}

function HeightWords({ of }: { readonly of: VerdictView }) {
  const gap = of.height_gap_m === null ? null : Math.abs(of.height_gap_m);
  if (of.height === 'unknown') return <Trans>the heights have different datums and cannot be compared</Trans>;
  if (of.height === 'overlaps') return <Trans>the heights overlap</Trans>;
  return (
    <Trans>
      the heights are <Amount of={gap ?? 0} digits={0} unit="m" /> apart
    </Trans>
  );
}

export function Amount({
  of,
  digits,
  unit,
}: {
  readonly of: number;
  readonly digits: number;
  readonly unit: 'km' | 'm';
}) {
  const { t } = useLingui();
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(of);
  return (
    <span className="measure">
      <bdi dir="ltr">{number}</bdi> <bdi>{unit === 'km' ? t`km` : t`m`}</bdi>
    </span>
  );
}
