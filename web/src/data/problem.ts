// A refusal or fault as the node tells it (problem details, RFC 9457): stable code, field, one sentence, the rule.
// What is no answer of a node at all is told in the same shape, under codes of the page's own.

export interface Told {
  readonly code: string;
  readonly reason: string;
  readonly rule?: string | null;
  readonly field?: string | null;
}

export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly field: string | null;
  readonly rule: string | null;

  constructor(told: Told, status = 0) {
    super(told.reason);
    this.name = 'Problem';
    this.code = told.code;
    this.status = status;
    this.field = told.field ?? null;
    this.rule = told.rule ?? null;
  }
}

export const UNREACHED = 'page.unreached';

/** The problem in the answer of a node; what is none in its form still names the status. */
export function problemIn(status: number, body: unknown): Problem {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string): string | null => (typeof given[name] === 'string' ? given[name] : null);
  return new Problem(
    {
      code: text('code') ?? `http.${status}`,
      reason: text('reason') ?? text('title') ?? `the node answered with status ${status}`,
      rule: text('rule'),
      field: text('field'),
    },
    status,
  );
}

/** Anything that was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const given = thrown as { readonly code?: unknown; readonly field?: unknown; readonly rule?: unknown };
  if (thrown instanceof Error) {
    const code = typeof given.code === 'string' ? given.code : 'page.fault';
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    return new Problem({ code, reason: thrown.message, field: text(given.field), rule: text(given.rule) });
  }
  return new Problem({ code: 'page.fault', reason: String(thrown) });
}
