// From a notice, a zone, a standstill or a STOP to its page for paper, in the reader's language and by the terminal's clock.

import { Trans } from '@lingui/react/macro';
import type { ItemView } from '../../data/wire';
import { useConventions } from '../../forms/ConventionsProvider';
import { useLanguage } from '../../language/LanguageProvider';
import { paperAddress } from './paper';

export function PaperLink({ of }: { readonly of: ItemView }) {
  const { language } = useLanguage();
  const { conventions } = useConventions();
  const address = paperAddress(of, language, conventions.zone);
  if (address === null) return null;
  return (
    <a className="said__paper no-print" href={address} target="_blank" rel="noopener" data-paper={of.reference}>
      <Trans>For paper</Trans>
    </a>
  );
}
