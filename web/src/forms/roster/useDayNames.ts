// The days of the week in the language of the page, Monday first.

import { useMemo } from 'react';
import { useLanguage } from '../../language/LanguageProvider';
import { WEEKDAYS } from './roster';

const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function useDayNames(weekday: 'short' | 'long'): readonly string[] {
  const { locale } = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
    return WEEKDAYS.map((day) => format.format(A_MONDAY + day * DAY_MS));
  }, [locale, weekday]);
}
