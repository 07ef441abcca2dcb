// The input of one declared field, by its kind. Whatever a desk declares is drawn from here.

import { useLingui } from '@lingui/react/macro';
import { useSeat } from '../app/seat';
import { titleIn } from '../data/floor';
import type { Field, PrecedenceName } from '../data/wire';
import { useLanguage } from '../language/LanguageProvider';
import { FACTS, LANGUAGES } from '../language/languages';
import { plainReference } from '../record/references';
import { AreaInput } from './AreaInput';
import type { Entry } from './entry';
import { SPAN_UNITS } from './entry';
import { HeightInput } from './HeightInput';
import { InstantInput } from './InstantInput';
import { type Bound, Labelled, LabelledGroup } from './Labelled';
import { FlagInput, KindsInput, MembersInput } from './ListInputs';
import { PhraseInput } from './PhraseInput';
import { PlaceInput } from './PlaceInput';
import type { Fault } from './read';
import { RosterInput } from './roster/RosterInput';
import { Select } from './Select';
import { TextInput } from './TextInput';
import { VolumesInput } from './VolumesInput';

/** The field by which a unit is named: this member's own aliases are offered, and none is forced. */
const UNIT = 'unit';

export interface FieldInputProps {
  readonly field: Field;
  readonly entry: Entry;
  readonly fault: Fault | null;
  readonly onChange: (entry: Entry) => void;
  /** Language in which a text is written, for its direction and for the guard. */
  readonly language: string;
  readonly precedence: PrecedenceName;
  /** For the phrasebook: the kind that will carry the phrase. */
  readonly kind: string;
  readonly onlyCorner?: number | null;
}

export function FieldInput(props: FieldInputProps) {
  const { language } = useLanguage();
  const { field, fault, entry } = props;
  const frame = {
    name: field.name,
    title: <bdi>{titleIn(field.title, language)}</bdi>,
    required: field.required,
    critical: field.critical,
    fault,
  };
  const isOne = entry.kind === 'text' && field.kind !== 'members' && field.kind !== 'roster';
  const Frame = isOne ? Labelled : LabelledGroup;
  return <Frame {...frame}>{(bound) => <Input {...props} bound={bound} />}</Frame>;
}

function Input({ field, entry, onChange, bound, onlyCorner, ...writing }: FieldInputProps & { readonly bound: Bound }) {
  const { t } = useLingui();
  switch (entry.kind) {
    case 'instant':
      return (
        <InstantInput bound={bound} value={entry.instant} onChange={(instant) => onChange({ ...entry, instant })} />
      );
    case 'place':
      return <PlaceInput bound={bound} value={entry.place} onChange={(place) => onChange({ ...entry, place })} />;
    case 'area':
      return (
        <AreaInput
          bound={bound}
          value={entry.area}
          onChange={(area) => onChange({ ...entry, area })}
          onlyCorner={onlyCorner}
        />
      );
    case 'volumes':
      return (
        <VolumesInput bound={bound} value={entry.volumes} onChange={(volumes) => onChange({ ...entry, volumes })} />
      );
    case 'height':
      return <HeightInput bound={bound} value={entry.height} onChange={(height) => onChange({ ...entry, height })} />;
    case 'flag':
      return <FlagInput value={entry.flag} onChange={(flag) => onChange({ ...entry, flag })} />;
    case 'list': {
      const List = field.kind === 'members' ? MembersInput : KindsInput;
      return <List value={entry.list} onChange={(list) => onChange({ ...entry, list })} />;
    }
    case 'whole':
      return (
        <PhraseInput
          value={entry.value}
          onChange={(value) => onChange({ ...entry, value })}
          kind={writing.kind}
          precedence={writing.precedence}
        />
      );
    case 'span':
      return (
        <div className="inline">
          <input
            {...bound}
            className="input input--four"
            aria-label={t`Amount`}
            dir="ltr"
            inputMode="numeric"
            maxLength={6}
            value={entry.amount}
            onChange={({ target }) => onChange({ ...entry, amount: target.value })}
          />
          <Select
            label={t`Unit`}
            value={entry.unit}
            options={[
              { value: 'minutes', title: t`minutes` },
              { value: 'hours', title: t`hours` },
              { value: 'days', title: t`days` },
            ]}
            onChange={(unit) =>
              onChange({ ...entry, unit: unit in SPAN_UNITS ? (unit as keyof typeof SPAN_UNITS) : 'minutes' })
            }
          />
        </div>
      );
    case 'text':
      return (
        <OneText
          field={field}
          text={entry.text}
          onText={(text) => onChange({ ...entry, text })}
          bound={bound}
          {...writing}
        />
      );
  }
}

interface OneTextProps {
  readonly field: Field;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly bound: Bound;
  readonly language: string;
  readonly precedence: PrecedenceName;
}

function OneText({ field, text, onText, bound, language, precedence }: OneTextProps) {
  const { t } = useLingui();
  const ui = useLanguage().language;
  const { floor } = useSeat();
  const select = (options: readonly { readonly value: string; readonly title: string; readonly lang?: string }[]) => (
    <Select
      id={bound.id}
      describedBy={bound['aria-describedby']}
      invalid={bound['aria-invalid']}
      value={text}
      options={[{ value: '', title: t`choose…` }, ...options]}
      onChange={onText}
    />
  );
  switch (field.kind) {
    case 'choice':
      return select(field.choices.map((one) => ({ value: one.value, title: titleIn(one.title, ui) })));
    case 'member':
      return select(floor.view.members.map((one) => ({ value: one.code, title: one.code })));
    case 'language':
      return select(
        [...new Set([...floor.view.languages, ...LANGUAGES])].map((tag) => {
          const known = LANGUAGES.find((one) => one === tag);
          return { value: tag, title: known ? FACTS[known].name : tag, lang: tag };
        }),
      );
    case 'text':
      return (
        <TextInput
          bound={bound}
          value={text}
          onChange={onText}
          language={language}
          precedence={precedence}
          guarded={field.free}
        />
      );
    case 'roster':
      return <RosterInput bound={bound} text={text} onText={onText} />;
    case 'reference':
      return (
        <input
          {...bound}
          className="input"
          dir="ltr"
          maxLength={40}
          value={text}
          onChange={({ target }) => onText(plainReference(target.value, floor.codes))}
        />
      );
    default:
      return (
        <>
          <input
            {...bound}
            className="input"
            dir={field.kind === 'label' ? 'auto' : 'ltr'}
            maxLength={field.kind === 'label' ? 120 : 40}
            value={text}
            list={field.name === UNIT ? `${bound.id}-units` : undefined}
            onChange={({ target }) => onText(target.value)}
          />
          {field.name === UNIT && (
            <datalist id={`${bound.id}-units`}>
              {floor.view.units.map((alias) => (
                <option key={alias} value={alias} />
              ))}
            </datalist>
          )}
        </>
      );
  }
}
