// The frame of one field of a form: its name, what it needs, and what is wrong with it, all told to assistive technology.

import { Trans } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { Warning } from '../parts/icons';
import { FaultWord } from './FaultWord';
import './forms.css';
import type { Fault } from './read';

/** What an input inside `Labelled` bears, so that name and fault belong to it. */
export interface Bound {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

interface Props {
  readonly title: ReactNode;
  /** The field's name in its content. */
  readonly name?: string;
  readonly required?: boolean;
  readonly critical?: boolean;
  readonly fault?: Fault | null;
  readonly note?: ReactNode;
  readonly children: (bound: Bound) => ReactNode;
}

/** One input under its label. */
export function Labelled({ title, name, required = false, critical = false, fault = null, note, children }: Props) {
  const id = useId();
  const about = `${id}-about`;
  const bound = { id, 'aria-describedby': fault || note ? about : undefined, 'aria-invalid': fault !== null };
  return (
    <div className={fault ? 'field field--wrong' : 'field'} data-field={name}>
      <label className="field__title" htmlFor={id}>
        {title}
        <Marks required={required} critical={critical} />
      </label>
      {children(bound)}
      <About id={about} fault={fault} note={note} />
    </div>
  );
}

/** Several inputs that make up one field. */
export function LabelledGroup({
  title,
  name,
  required = false,
  critical = false,
  fault = null,
  note,
  children,
}: Props) {
  const id = useId();
  const about = `${id}-about`;
  const bound = { id, 'aria-describedby': fault || note ? about : undefined, 'aria-invalid': fault !== null };
  return (
    <fieldset
      className={fault ? 'field field--wrong' : 'field'}
      data-field={name}
      aria-describedby={bound['aria-describedby']}
    >
      <legend className="field__title">
        {title}
        <Marks required={required} critical={critical} />
      </legend>
      {children(bound)}
      <About id={about} fault={fault} note={note} />
    </fieldset>
  );
}

function Marks({ required, critical }: { readonly required: boolean; readonly critical: boolean }) {
  return (
    <>
      {!required && (
        <span className="field__mark">
          <Trans>optional</Trans>
        </span>
      )}
      {critical && (
        <span className="field__mark field__mark--critical">
          <Trans>is read back</Trans>
        </span>
      )}
    </>
  );
}

function About({ id, fault, note }: { readonly id: string; readonly fault: Fault | null; readonly note: ReactNode }) {
  if (!fault && !note) return null;
  return (
    <p className="field__about" id={id}>
      {fault ? (
        <>
          <Warning />
          <FaultWord of={fault} />
        </>
      ) : (
        note
      )}
    </p>
  );
}
