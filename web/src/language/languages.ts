// The languages of the interface. Numbers are in Western digits in every language: what is read aloud over a telephone is
// then the same on both screens. Times are 24 h, dates Gregorian.

export const LANGUAGES = ['en', 'ar', 'he'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LanguageFacts {
  /** Its own name for itself, which is shown whatever the interface's language is. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** For Intl and React Aria. */
  readonly locale: string;
}

export const FACTS: { readonly [Name in Language]: LanguageFacts } = {
  en: { name: 'English', dir: 'ltr', locale: 'en-GB-u-ca-gregory-nu-latn-hc-h23' },
  ar: { name: 'العربية', dir: 'rtl', locale: 'ar-u-ca-gregory-nu-latn-hc-h23' },
  he: { name: 'עברית', dir: 'rtl', locale: 'he-u-ca-gregory-nu-latn-hc-h23' },
};

/** The language of the interface that a BCP 47 tag names. */
export const languageOf = (tag: string): Language | undefined =>
  LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`));

/** The first language of `wanted` (BCP 47 tags) that there is; English otherwise. `iw` is an old tag of Hebrew. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const bare = wanted.map((tag) => tag.toLowerCase().split('-')[0]).map((tag) => (tag === 'iw' ? 'he' : tag));
  for (const tag of bare) {
    const found = LANGUAGES.find((language) => language === tag);
    if (found) return found;
  }
  return 'en';
}
