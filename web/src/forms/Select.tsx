// A short list to choose from, as the platform draws it: the one control that every keyboard and screen reader knows.

interface Option {
  readonly value: string;
  readonly title: string;
  readonly lang?: string;
}

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
}

export function Select({ id, label, value, options, onChange, invalid = false, describedBy }: Props) {
  return (
    <select
      className="input select"
      id={id}
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} lang={option.lang}>
          {option.title}
        </option>
      ))}
    </select>
  );
}
