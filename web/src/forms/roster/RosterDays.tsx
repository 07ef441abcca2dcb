// What a roster comes to, as the node says while it is written: where it would be refused, when the clock is next changed, and
// who has the watch in the seven days ahead.

import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../data/client';
import type { HoleView, JsonFields, RosterFaultView, RosterPreview, StintView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Check, Clock, Warning } from '../../parts/icons';
import { Moment } from '../../parts/Moment';
import { Ref } from '../../parts/Words';
import { usePaused } from '../usePaused';
import { clockOf, isWhole } from './roster';
import { LanguageName } from './Shifts';
import { useDayNames } from './useDayNames';

interface Props {
  readonly value: JsonFields;
}

export function RosterDays({ value }: Props) {
  const client = useClient();
  const paused = usePaused(JSON.stringify(value));
  const { data } = useQuery({
    queryKey: ['roster', paused],
    queryFn: () => client.rosterPreview(JSON.parse(paused) as JsonFields),
    enabled: isWhole(JSON.parse(paused)),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  return (
    <div className="roster__days" role="status">
      {!isWhole(value) && (
        <p className="note note--bad">
          <Warning />
          <Trans>A time cannot be read.</Trans>
        </p>
      )}
      {data && isWhole(value) && <Preview of={data} zone={String(value['zone'])} />}
    </div>
  );
}

function Preview({ of, zone }: { readonly of: RosterPreview; readonly zone: string }) {
  if (of.fault) {
    return of.holes.length > 0 ? (
      <ul className="roster__holes">
        {of.holes.map((hole) => (
          <Hole key={`${hole.holiday} ${hole.day} ${hole.start} ${hole.twice}`} of={hole} />
        ))}
      </ul>
    ) : (
      <p className="note note--bad">
        <Warning />
        <span>
          <RosterFault of={of.fault} />
        </span>
      </p>
    );
  }
  return (
    <>
      <p className="note">
        <Check />
        <Trans>Every minute has one watch, and never two.</Trans>
      </p>
      <p className="note">
        <Clock />
        <span>
          {of.clock_change ? (
            <Trans>
              The clock is next changed on <Moment atMs={of.clock_change.at_ms} date />: from{' '}
              <Ref>{offset(of.clock_change.before)}</Ref> to <Ref>{offset(of.clock_change.after)}</Ref>
            </Trans>
          ) : (
            <Trans>The clock of this zone is not changed within a year.</Trans>
          )}
        </span>
      </p>
      <Week of={of.week} zone={zone} />
    </>
  );
}

function Week({ of, zone }: { readonly of: readonly StintView[]; readonly zone: string }) {
  return (
    <table className="roster__week">
      <caption>
        <Trans>Who has the watch in the seven days ahead</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>From</Trans>
          </th>
          <th scope="col">
            <Trans>Watch</Trans>
          </th>
          <th scope="col">
            <Trans>Rung after it</Trans>
          </th>
          <th scope="col">
            <Trans>Languages</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map((stint) => (
          <tr key={stint.start_ms}>
            <td>
              <Weekday atMs={stint.start_ms} zone={zone} /> <Moment atMs={stint.start_ms} zone={zone} date />
            </td>
            <td>
              <Ref>{stint.position}</Ref>
            </td>
            <td>
              <Names of={stint.alternates} />
            </td>
            <td>
              {stint.languages.map((tag, at) => (
                <bdi key={tag}>
                  {at > 0 && ' · '}
                  <LanguageName tag={tag} />
                </bdi>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Names({ of }: { readonly of: readonly string[] }) {
  return (
    <span className="inline">
      {of.map((name) => (
        <Ref key={name}>{name}</Ref>
      ))}
    </span>
  );
}

function Weekday({ atMs, zone }: { readonly atMs: number; readonly zone: string }) {
  const { locale } = useLanguage();
  return <bdi>{new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: zone }).format(atMs)}</bdi>;
}

function Hole({ of }: { readonly of: HoleView }) {
  const day = useDayNames('long')[of.day] ?? '';
  const from = <Ref>{clockOf(of.start)}</Ref>;
  const until = <Ref>{clockOf(of.end)}</Ref>;
  return (
    <li className="note note--bad">
      <Warning />
      <span>
        {of.holiday !== null && (
          <>
            <Trans>Holiday {of.holiday + 1}</Trans>{' '}
          </>
        )}
        <bdi>{day}</bdi>{' '}
        {of.twice ? (
          <Trans>
            from {from} to {until}: two have the watch
          </Trans>
        ) : (
          <Trans>
            from {from} to {until}: nobody has the watch
          </Trans>
        )}
      </span>
    </li>
  );
}

function RosterFault({ of }: { readonly of: RosterFaultView }) {
  switch (of.code) {
    case 'roster.zone':
      return <Trans>There is no such time zone.</Trans>;
    case 'roster.liaison':
      return <Trans>The liaison is rung last and cannot be absent: name another for that time.</Trans>;
    default: {
      const field = <Ref>{of.field}</Ref>;
      return <Trans>Not yet a roster: {field}</Trans>;
    }
  }
}

const offset = (minutes: number): string => `UTC${minutes < 0 ? '\u2212' : '+'}${clockOf(Math.abs(minutes))}`;
