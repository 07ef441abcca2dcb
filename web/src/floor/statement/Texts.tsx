// The text of a statement: the original, which is authoritative, and its renditions beside it; or a phrase of the phrasebook in
// the reader's language, with another language of the mechanism beside it, equal in meaning by construction.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { CaseView, ItemView } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { phraseFor, textOf } from '../../parts/texts';
import { Code, Passage, PhraseWords, Ref } from '../../parts/Words';
import { LanguageValue } from './FieldValue';
import { renditionsOf } from './renditions';

export function Texts({ of, whole }: { readonly of: ItemView; readonly whole: CaseView | null }) {
  const { language } = useLanguage();
  const text = textOf(of.content);
  const phrase = phraseFor(of.phrase, language);
  const other = phraseFor(of.phrase, Object.keys(of.phrase ?? {}).find((tag) => tag !== phrase?.language) ?? '');
  const renditions = renditionsOf(of, whole);
  const rendition = renditions.find((one) => one.text.language === language) ?? renditions.at(-1);
  const unrendered = of.content?.['phrase'];
  if (!text && !phrase && unrendered === undefined) return null;
  return (
    <div className={rendition || (other && other.language !== phrase?.language) ? 'texts texts--two' : 'texts'}>
      {phrase && (
        <Text
          label={
            <Trans>
              phrase, in <LanguageValue value={phrase.language} />
            </Trans>
          }
        >
          <PhraseWords of={phrase} />
        </Text>
      )}
      {phrase && other && other.language !== phrase.language && (
        <Text
          label={
            <Trans>
              the same in <LanguageValue value={other.language} />
            </Trans>
          }
        >
          <PhraseWords of={other} />
        </Text>
      )}
      {!phrase && unrendered !== undefined && <Code>{JSON.stringify(unrendered)}</Code>}
      {text && (
        <Text label={rendition ? <Trans>original, authoritative</Trans> : null}>
          <Passage of={text} />
        </Text>
      )}
      {rendition && (
        <Text
          label={
            <>
              {rendition.certified ? (
                <Trans>rendition, certified</Trans>
              ) : rendition.checker ? (
                <Trans>rendition, checked by a second officer</Trans>
              ) : (
                <Trans>rendition, not checked</Trans>
              )}{' '}
              <Ref>{rendition.reference}</Ref>
            </>
          }
        >
          <Passage of={rendition.text} />
        </Text>
      )}
    </div>
  );
}

function Text({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="texts__one">
      {label && <p className="texts__label">{label}</p>}
      {children}
    </div>
  );
}
