// The one error of all formats: a stable code, the field at fault, the reason and the rule, as on the node.

interface Where {
  readonly field?: string;
  readonly rule?: string;
}

/** What was handed in breaks a format or a rule. */
export class BadInput extends Error {
  readonly code: string;
  readonly reason: string;
  readonly field: string | null;
  readonly rule: string | null;

  constructor(code: string, reason: string, where: Where = {}) {
    super(`${where.field ? `${where.field}: ` : ''}${reason}${where.rule ? ` (${where.rule})` : ''} [${code}]`);
    this.name = 'BadInput';
    this.code = code;
    this.reason = reason;
    this.field = where.field ?? null;
    this.rule = where.rule ?? null;
  }

  /** Field and reason as one text, as findings and voids quote them. */
  get told(): string {
    return this.field ? `${this.field}: ${this.reason}` : this.reason;
  }
}
