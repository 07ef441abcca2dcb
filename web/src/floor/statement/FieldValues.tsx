// The fields of a content besides its text, each under its name; what is read back bears its mark.

import { useLingui } from '@lingui/react/macro';
import { titleIn } from '../../data/floor';
import type { CriticalView, JsonFields, Kind } from '../../data/wire';
import { useLanguage } from '../../language/LanguageProvider';
import { useScrolls } from '../../parts/useScrolls';
import { Code } from '../../parts/Words';
import { FieldValue } from './FieldValue';

/** Shown elsewhere on a card: the text itself, its language, the phrase, and what was read back. */
const ELSEWHERE = new Set(['text', 'lang', 'phrase', 'read_back', 'reason', 'terms']);

interface Props {
  readonly kind: Kind | null;
  readonly content: JsonFields;
  readonly critical?: readonly CriticalView[];
  /** Names that come before all others. */
  readonly first?: readonly string[];
  /** Also what a card shows elsewhere. */
  readonly all?: boolean;
}

const NO_NAMES: readonly string[] = [];
const NONE: readonly CriticalView[] = [];

export function FieldValues({ kind, content, critical = NONE, first = NO_NAMES, all = false }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [box, scrolls] = useScrolls<HTMLDivElement>();
  const declared = new Map((kind?.fields ?? []).map((field) => [field.name, field]));
  const names = [...new Set([...first, ...declared.keys(), ...Object.keys(content)])];
  const shown = names.filter((name) => name in content && (all || !ELSEWHERE.has(name)));
  if (shown.length === 0) return null;
  return (
    <div className="values-box" ref={box} {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': t`Fields` } : {})}>
      <dl className="values">
        {shown.map((name) => {
          const field = declared.get(name) ?? null;
          return (
            <div
              className="values__one"
              key={name}
              data-critical={critical.some((one) => one.name === name) || undefined}
            >
              <dt>{field ? <bdi>{titleIn(field.title, language)}</bdi> : <Code>{name}</Code>}</dt>
              <dd>
                <FieldValue field={field} value={content[name] ?? null} />
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
