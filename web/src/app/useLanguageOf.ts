// The page behind an invitation is in the language that the registrar gave it, unless one was chosen in this browser before.

import { useEffect } from 'react';
import { languageWasChosen, useLanguage } from '../language/LanguageProvider';
import { languageOf } from '../language/languages';

export function useLanguageOf(tag: string | null): void {
  const { choose } = useLanguage();
  useEffect(() => {
    const language = tag === null ? undefined : languageOf(tag);
    if (language && !languageWasChosen()) void choose(language);
  }, [tag, choose]);
}
