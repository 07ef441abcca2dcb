// The states that data can be in, all drawn: loading, empty, offline, error; and the band over data that is old.
// Nothing is shown as current that is not.

import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { Standing } from '../data/standing';
import { Broken, Clock, Seal, Warning } from './icons';
import { Span } from './Span';

export function Loading() {
  return (
    <div className="state state--loading">
      <span className="state__bars" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <p>
        <Trans>Asking the node…</Trans>
      </p>
    </div>
  );
}

export function Empty({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="state state--empty">
      <Seal />
      <p className="state__title">{title}</p>
      {children && <p className="state__more">{children}</p>}
    </div>
  );
}

export function Offline() {
  return (
    <div className="state state--offline">
      <Broken />
      <p className="state__title">
        <Trans>This page has lost its node</Trans>
      </p>
      <p className="state__more">
        <Trans>Nothing shown here is current and nothing can be sent from here. Use the telephone.</Trans>
      </p>
    </div>
  );
}

interface Fault {
  readonly code: string;
  readonly reason: string;
  readonly rule: string | null;
}

export function Failed({ fault }: { readonly fault: Fault }) {
  return (
    <div className="state state--error">
      <Warning />
      <p className="state__title">
        <Trans>The node refused or failed</Trans>
      </p>
      <p className="state__more">
        <bdi>{fault.reason}</bdi>
        {fault.rule && (
          <>
            {' '}
            <bdi>({fault.rule})</bdi>
          </>
        )}
      </p>
      <p className="state__code">
        <code dir="ltr">{fault.code}</code>
      </p>
    </div>
  );
}

/** Over data that is no longer current. */
export function Age({ of }: { readonly of: { readonly state: 'stale' | 'offline'; readonly ageMs: number } }) {
  return (
    <p className={of.state === 'offline' ? 'age age--offline' : 'age'} role="status">
      {of.state === 'offline' ? <Broken /> : <Clock />}
      <span>
        {of.state === 'offline' ? (
          <Trans>
            Line to the node lost; as it stood <Span ms={of.ageMs} /> ago
          </Trans>
        ) : (
          <Trans>
            Not current: as it stood <Span ms={of.ageMs} /> ago
          </Trans>
        )}
      </span>
    </p>
  );
}

interface Props<Value> {
  readonly standing: Standing<Value>;
  readonly isEmpty?: (value: Value) => boolean;
  readonly empty?: ReactNode;
  readonly children: (value: Value) => ReactNode;
}

/** Draws data in whatever state it is. */
export function InStanding<Value>({ standing, isEmpty, empty, children }: Props<Value>) {
  if (standing.state === 'loading') return <Loading />;
  if (standing.state === 'error') return <Failed fault={standing} />;
  const { value } = standing;
  if (value === null) return <Offline />;
  const ageMs = standing.state === 'fresh' ? null : standing.ageMs;
  return (
    <>
      {standing.state !== 'fresh' && ageMs !== null && <Age of={{ state: standing.state, ageMs }} />}
      {isEmpty?.(value) ? empty : children(value)}
    </>
  );
}
