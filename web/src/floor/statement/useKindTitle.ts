// What a kind is called, in the reader's language: by its desk's declaration, or, of the kinds that are built into every
// charter, by the words here. One that no desk here declares goes by its name.

import { useLingui } from '@lingui/react/macro';
import { useSeat } from '../../app/seat';
import type { DirectoryContent } from '../../charter/directoryKinds';
import { titleIn } from '../../data/floor';
import { useLanguage } from '../../language/LanguageProvider';

export function useKindTitle(): (kind: string) => string {
  const { t } = useLingui();
  const { floor } = useSeat();
  const { language } = useLanguage();
  const builtIn: Readonly<Record<DirectoryContent['kind'], string>> = {
    'directory.node': t`Node certified`,
    'directory.registrar': t`Registrar appointed`,
    'directory.enrol': t`Officer enrolled`,
    'directory.mandate': t`Mandates changed`,
    'directory.revoke': t`Key revoked`,
    'charter.assent': t`Assent to a charter`,
    'log.reopen': t`Log reopened`,
  };
  const isBuiltIn = (kind: string): kind is keyof typeof builtIn => Object.hasOwn(builtIn, kind);
  return (kind) => {
    const title = floor.kind(kind)?.title;
    if (title) return titleIn(title, language);
    return isBuiltIn(kind) ? builtIn[kind] : kind;
  };
}
