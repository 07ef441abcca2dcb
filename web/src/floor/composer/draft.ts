// What stands in a panel becomes what is said: fixed fields, entries, and a language only where there is a text. Pure.

import type { Floor } from '../../data/floor';
import type { DraftRequest, DraftState, DraftView, Field, JsonFields, SessionView } from '../../data/wire';
import type { Conventions } from '../../forms/conventions';
import { type Entries, entriesOf } from '../../forms/entry';
import { atPrecedence, sayingOpening } from '../../say/about';
import type { Saying } from '../../say/saying';

const TEXTS = ['text', 'reason', 'terms'];

/** A content says in which language it is written only where something is written. */
export function withoutIdleLanguage(fields: readonly Field[], content: JsonFields): JsonFields {
  const language = fields.find((field) => field.name === 'lang');
  if (!language || language.required || TEXTS.some((name) => name in content)) return content;
  const { lang: _, ...rest } = content;
  return rest;
}

/** Entries of a new statement: blank, in the language that the officer writes. */
export function firstEntries(
  floor: Floor,
  fields: readonly Field[],
  content: JsonFields,
  conventions: Conventions,
  interfaceLanguage: string,
  nowMs: number,
): Entries {
  const spoken = floor.member(floor.me)?.languages ?? [];
  const language = spoken.includes(interfaceLanguage) ? interfaceLanguage : (spoken[0] ?? interfaceLanguage);
  const hasLanguage = fields.some((field) => field.name === 'lang');
  return entriesOf(fields, { ...(hasLanguage ? { lang: language } : {}), ...content }, conventions, nowMs);
}

export function draftRequest(saying: Saying, language: string, state: DraftState): DraftRequest {
  return {
    kind: saying.kind,
    channel: saying.channel,
    case: saying.caseRef,
    precedence: saying.precedence,
    addressees: saying.addressees,
    content: saying.content,
    language,
    state,
  };
}

/** A draft as a saying of the officer who opens it: under a mandate of that officer's own, or null where none covers it. */
export function sayingOfDraft(floor: Floor, session: SessionView, { body }: DraftView): Saying | null {
  const opening = sayingOpening(floor, session, body.kind, body.precedence);
  if (!opening) return null;
  const known = body.addressees.filter((code) => floor.member(code) && code !== floor.me);
  const channel = floor.channel(body.channel) ? body.channel : opening.channel;
  const saying = { ...opening, channel, caseRef: body.case, addressees: known, content: body.content };
  return atPrecedence(floor, session, saying, body.precedence);
}

/** Whether something was written, or an urgency or addressees were chosen, since a panel opened with `first`. */
export function wasTouched(saying: Saying, first: Saying): boolean {
  const told = ({ channel, precedence, addressees, content }: Saying) =>
    JSON.stringify([
      channel,
      precedence,
      addressees,
      Object.entries(content)
        .filter(([name]) => name !== 'lang')
        .sort(),
    ]);
  return told(saying) !== told(first);
}
