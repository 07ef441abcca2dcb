// The interface's language: switched without a reload, told to assistive technology by lang and dir of the root element.
// A catalogue is fetched from this same origin when its language is first chosen.

import { i18n, type Messages } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { I18nProvider as AriaLocale } from 'react-aria-components';
import { chooseLanguage, FACTS, type Language } from './languages';

const KEY = 'parley.language';

const CATALOGUES: { readonly [Name in Language]: () => Promise<{ readonly messages: Messages }> } = {
  en: () => import('./catalogues/en.po'),
  ar: () => import('./catalogues/ar.po'),
  he: () => import('./catalogues/he.po'),
};

interface LanguageChoice {
  readonly language: Language;
  readonly locale: string;
  readonly choose: (language: Language) => Promise<void>;
}

const Choice = createContext<LanguageChoice | null>(null);

/** The language kept for this browser, else the first of the browser's own that there is. */
export function storedLanguage(): Language {
  return chooseLanguage([localStorage.getItem(KEY) ?? '', ...navigator.languages]);
}

/** Whether somebody chose a language in this browser. */
export const languageWasChosen = (): boolean => localStorage.getItem(KEY) !== null;

/** Load and activate a language, and turn the page to its direction. */
export async function speak(language: Language): Promise<void> {
  const { messages } = await CATALOGUES[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  document.documentElement.dir = FACTS[language].dir;
}

export function LanguageProvider({ first, children }: { readonly first: Language; readonly children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  const choose = useCallback(async (next: Language) => {
    await speak(next);
    localStorage.setItem(KEY, next);
    setLanguage(next);
  }, []);
  const choice = useMemo(() => ({ language, locale: FACTS[language].locale, choose }), [language, choose]);
  return (
    <Choice.Provider value={choice}>
      <I18nProvider i18n={i18n}>
        <AriaLocale locale={choice.locale}>{children}</AriaLocale>
      </I18nProvider>
    </Choice.Provider>
  );
}

export function useLanguage(): LanguageChoice {
  const choice = useContext(Choice);
  if (!choice) throw new Error('outside LanguageProvider');
  return choice;
}
