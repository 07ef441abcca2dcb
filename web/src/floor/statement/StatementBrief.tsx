// A statement in short, over the form of an act about it: who, when, what.

import type { ItemView, Kind } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { Moment } from '../../parts/Moment';
import { PrecedenceMark } from '../../parts/PrecedenceMark';
import { phraseFor, textOf } from '../../parts/texts';
import { Passage, PhraseWords, Ref } from '../../parts/Words';
import { FieldValues } from './FieldValues';
import { PaperMark } from './PaperMark';
import { Reference } from './Reference';

export function StatementBrief({ of, kind }: { readonly of: ItemView; readonly kind: Kind | null }) {
  const { language } = useLanguage();
  const text = textOf(of.content);
  const phrase = phraseFor(of.phrase, language);
  return (
    <div className="brief">
      <p className="brief__head">
        <PrecedenceMark of={of.precedence} />
        <Reference>{of.reference}</Reference>
        <Ref>{`${of.author}/${of.position}`}</Ref>
        <Moment atMs={of.at_ms} date />
      </p>
      <PaperMark of={of} />
      {phrase && <PhraseWords of={phrase} />}
      {text && <Passage of={text} />}
      {of.content && <FieldValues kind={kind} content={of.content} critical={of.critical} />}
    </div>
  );
}
