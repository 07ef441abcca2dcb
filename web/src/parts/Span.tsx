// A span of time on screen, isolated.

import { useLanguage } from '../language/LanguageProvider';
import { spanWords } from './span';

export function Span({ ms }: { readonly ms: number }) {
  const { locale } = useLanguage();
  return <bdi className="span">{spanWords(ms, locale)}</bdi>;
}
