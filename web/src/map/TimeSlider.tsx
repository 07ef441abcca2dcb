// The next 72 hours: an instant of them set by hand, stepped by keys, or played. Beneath runs how many volumes are active when.
// Where motion is unwelcome it plays in leaps of an hour, one a second.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { Button } from 'react-aria-components';
import { useConventions } from '../forms/ConventionsProvider';
import { useLanguage } from '../language/LanguageProvider';
import { Moment } from '../parts/Moment';
import { momentWords } from '../parts/moment';
import { busyness, endOf, LEAP_MS, nextChange, PLAY_RATE, type Slider, STEP_MS, type Turn } from './slider';
import type { MapItem } from './volume';

const FRAME_MS = 100;
const CALM_FRAME_MS = 1_000;
const CALM_LEAP_MS = 3_600_000;
const PARTS = 144;

interface Props {
  readonly slider: Slider;
  readonly items: readonly MapItem[];
  readonly activeCount: number;
  readonly nowMs: number;
  readonly onTurn: (turn: Turn) => void;
}

export function TimeSlider({ slider, items, activeCount, nowMs, onTurn }: Props) {
  const { t } = useLingui();
  const { locale } = useLanguage();
  const { zone } = useConventions().conventions;
  usePlaying(slider.playing, (elapsed) => onTurn({ elapsed }));
  const leapTo = (direction: 1 | -1) => {
    const to = nextChange(items, slider, direction);
    if (to !== null) onTurn({ to });
  };
  const utc = momentWords(slider.atMs, null, locale);
  const local = momentWords(slider.atMs, zone, locale);
  const spoken = [utc.time, utc.zone, utc.date, ...(zone ? [local.time, local.zone] : [])].join(' ');
  return (
    <section className="slider" aria-label={t`Time shown on the map`}>
      <div className="slider__keys">
        <Button className="key key--small" onPress={() => onTurn({ play: !slider.playing })}>
          {slider.playing ? <Trans>Pause</Trans> : <Trans>Play</Trans>}
        </Button>
        <Button className="key key--small" aria-label={t`To the change before`} onPress={() => leapTo(-1)}>
          <Step back />
        </Button>
        <Button className="key key--small" aria-label={t`To the next change`} onPress={() => leapTo(1)}>
          <Step />
        </Button>
        <Button className="key key--small" onPress={() => onTurn({ follow: nowMs })}>
          <Trans>Now</Trans>
        </Button>
      </div>
      <div className="slider__track">
        <Busy items={items} slider={slider} />
        <input
          type="range"
          className="slider__range"
          aria-label={t`Instant shown`}
          aria-valuetext={spoken}
          min={slider.startMs}
          max={endOf(slider)}
          step={STEP_MS}
          value={slider.atMs}
          onChange={({ target }) => onTurn({ to: Number(target.value) })}
          onKeyDown={(event) => {
            const leap = { PageUp: LEAP_MS, PageDown: -LEAP_MS }[event.key];
            if (!leap) return;
            event.preventDefault();
            onTurn({ by: leap });
          }}
        />
      </div>
      <p className="slider__at">
        <Moment atMs={slider.atMs} date />
        {zone && <Moment atMs={slider.atMs} zone={zone} />}
        <span className="slider__count" role="status">
          <Plural value={activeCount} one="# active" other="# active" />
        </span>
      </p>
    </section>
  );
}

function Step({ back = false }: { readonly back?: boolean }) {
  return (
    <svg className="icon icon--points" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">
      <path d={back ? 'M12 3v10L5 8zM3 3h1.6v10H3z' : 'M4 3v10l7-5zM11.4 3H13v10h-1.6z'} />
    </svg>
  );
}

/** How many volumes are active, as a row of bars; the figures are told beside the slider for each instant. */
function Busy({ items, slider }: { readonly items: readonly MapItem[]; readonly slider: Slider }) {
  const counts = busyness(items, slider, PARTS);
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, at) => `M${at + 0.5} 20V${20 - (count / most) * 18}`).join('');
  return (
    <svg
      className="slider__busy icon--points"
      viewBox={`0 0 ${PARTS} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={bars} />
    </svg>
  );
}

/** Tells what the clock of the page went by, frame by frame, while it plays. */
function usePlaying(playing: boolean, onElapsed: (ms: number) => void): void {
  const tell = useEffectEvent(onElapsed);
  useEffect(() => {
    if (!playing) return undefined;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const each = calm ? CALM_FRAME_MS : FRAME_MS;
    const timer = setInterval(() => tell(calm ? CALM_LEAP_MS / PLAY_RATE : each), each);
    return () => clearInterval(timer);
  }, [playing]);
}
