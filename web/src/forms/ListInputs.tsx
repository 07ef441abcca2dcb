// Several of a known set: members, or the names of kinds.

import { useLingui } from '@lingui/react/macro';
import { useSeat } from '../app/seat';
import { titleIn } from '../data/floor';
import { useLanguage } from '../language/LanguageProvider';
import { Ref } from '../parts/Words';

interface Props {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

export function MembersInput({ value, onChange }: Props) {
  const { floor } = useSeat();
  return (
    <Checks
      options={floor.view.members.map((member) => ({ value: member.code, title: <Ref>{member.code}</Ref> }))}
      value={value}
      onChange={onChange}
    />
  );
}

export function KindsInput({ value, onChange }: Props) {
  const { floor } = useSeat();
  const { language } = useLanguage();
  const kinds = floor.view.desks.flatMap((desk) => desk.kinds).filter((kind) => kind.opens !== null);
  return (
    <Checks
      options={kinds.map((kind) => ({ value: kind.name, title: titleIn(kind.title, language) }))}
      value={value}
      onChange={onChange}
    />
  );
}

interface ChecksProps extends Props {
  readonly options: readonly { readonly value: string; readonly title: React.ReactNode }[];
}

function Checks({ options, value, onChange }: ChecksProps) {
  return (
    <div className="inline">
      {options.map((option) => (
        <label className="check" key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={({ target }) =>
              onChange(
                options
                  .map((one) => one.value)
                  .filter((one) => (one === option.value ? target.checked : value.includes(one))),
              )
            }
          />
          {option.title}
        </label>
      ))}
    </div>
  );
}

export function FlagInput({
  value,
  onChange,
}: {
  readonly value: boolean | null;
  readonly onChange: (value: boolean | null) => void;
}) {
  const { t } = useLingui();
  return (
    <label className="check">
      <input type="checkbox" checked={value === true} onChange={({ target }) => onChange(target.checked || null)} />
      {t`yes`}
    </label>
  );
}
