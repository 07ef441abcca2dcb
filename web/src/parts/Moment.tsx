// A moment on screen: time, zone and, where asked for, the date. The parts of a clock time stand left to right in every
// language; each is isolated, so that no mixture of scripts can turn them round.

import { useLanguage } from '../language/LanguageProvider';
import { momentWords } from './moment';

interface Props {
  readonly atMs: number;
  /** IANA zone; null is UTC. */
  readonly zone?: string | null;
  readonly seconds?: boolean;
  readonly date?: boolean;
}

export function Moment({ atMs, zone = null, seconds = false, date = false }: Props) {
  const { locale } = useLanguage();
  const words = momentWords(atMs, zone, locale, { seconds });
  return (
    <time className="moment" dateTime={new Date(atMs).toISOString()}>
      <bdi dir="ltr">
        {words.time} {words.zone}
      </bdi>
      {date && (
        <>
          {' '}
          <bdi className="moment__date">{words.date}</bdi>
        </>
      )}
    </time>
  );
}
