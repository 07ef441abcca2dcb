// What narrows a search: whose it is, at which desk, when it was said, near which place.

import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useSeat } from '../../app/seat';
import { titleIn } from '../../data/floor';
import { InstantInput } from '../../forms/InstantInput';
import { Labelled, LabelledGroup } from '../../forms/Labelled';
import { PlaceInput } from '../../forms/PlaceInput';
import { Select } from '../../forms/Select';
import { useLanguage } from '../../language/LanguageProvider';
import type { ReadSearch, SearchForm } from './search';

interface Props {
  readonly form: SearchForm;
  readonly faults: ReadSearch['faults'];
  readonly onForm: (form: SearchForm) => void;
}

export function Narrowing({ form, faults, onForm }: Props) {
  const { t } = useLingui();
  const { floor } = useSeat();
  const { language } = useLanguage();
  const set = (part: Partial<SearchForm>) => onForm({ ...form, ...part });
  const any = { value: '', title: t`any` };
  const one = (title: ReactNode, name: 'member' | 'desk', options: readonly { value: string; title: string }[]) => (
    <Labelled title={title} required name={name}>
      {(bound) => (
        <Select
          id={bound.id}
          value={form[name]}
          options={[any, ...options]}
          onChange={(value) => set({ [name]: value })}
        />
      )}
    </Labelled>
  );
  return (
    <div className="narrowing">
      {one(
        <Trans>Said by</Trans>,
        'member',
        floor.codes.map((code) => ({ value: code, title: code })),
      )}
      {one(
        <Trans>Desk</Trans>,
        'desk',
        floor.view.desks.map((desk) => ({ value: desk.name, title: titleIn(desk.title, language) })),
      )}
      <Labelled title={<Trans>Order</Trans>} required name="order">
        {(bound) => (
          <Select
            id={bound.id}
            value={form.order}
            options={[
              { value: 'newest', title: t`the newest first` },
              { value: 'best', title: t`what fits best first` },
            ]}
            onChange={(order) => set({ order: order === 'best' ? 'best' : 'newest' })}
          />
        )}
      </Labelled>
      <LabelledGroup title={<Trans>Said from</Trans>} required name="from" fault={faults.from ?? null}>
        {(bound) => <InstantInput bound={bound} value={form.from} onChange={(from) => set({ from })} />}
      </LabelledGroup>
      <LabelledGroup title={<Trans>Said until</Trans>} required name="until" fault={faults.until ?? null}>
        {(bound) => <InstantInput bound={bound} value={form.until} onChange={(until) => set({ until })} />}
      </LabelledGroup>
      <LabelledGroup title={<Trans>Near the place</Trans>} required name="place" fault={faults.place ?? null}>
        {(bound) => <PlaceInput bound={bound} value={form.place} onChange={(place) => set({ place })} />}
      </LabelledGroup>
      <Labelled title={<Trans>Within metres</Trans>} required name="radius" fault={faults.radius ?? null}>
        {(bound) => (
          <input
            {...bound}
            className="input input--angle"
            dir="ltr"
            inputMode="numeric"
            maxLength={7}
            placeholder="10000"
            value={form.radius}
            onChange={({ target }) => set({ radius: target.value })}
          />
        )}
      </Labelled>
    </div>
  );
}
