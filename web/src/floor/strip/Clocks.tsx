// UTC, large; beside it each side's local time with its offset, in the order that turns. Whose zone this terminal was not told
// has no clock: a wrong one would be worse than none.

import { useLingui } from '@lingui/react/macro';
import type { MemberView } from '../../data/wire';
import { useConventions } from '../../forms/ConventionsProvider';
import { useLanguage } from '../../language/LanguageProvider';
import { momentWords } from '../../parts/moment';
import { useNow } from '../../parts/Now';
import { Ref } from '../../parts/Words';
import { rotated } from './lamps';

export function Clocks({ members }: { readonly members: readonly MemberView[] }) {
  const { t } = useLingui();
  const { locale } = useLanguage();
  const { memberZones } = useConventions().conventions;
  const nowMs = useNow();
  const utc = momentWords(nowMs, null, locale, { seconds: true });
  return (
    <ul className="strip__clocks" aria-label={t`Clocks`}>
      <li className="clock clock--utc">
        <bdi className="clock__time" dir="ltr">
          {utc.time} <small>{utc.zone}</small>
        </bdi>
        <bdi className="clock__name">{utc.date}</bdi>
      </li>
      {rotated(members, nowMs).map(({ code }) => {
        const zone = memberZones[code];
        if (!zone) return null;
        const local = momentWords(nowMs, zone, locale);
        return (
          <li className="clock" key={code}>
            <bdi className="clock__time" dir="ltr">
              {local.time} <small>{local.zone}</small>
            </bdi>
            <span className="clock__name">
              <Ref>{code}</Ref>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
