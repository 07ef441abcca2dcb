// What each flag of the text guard says to the officer, by the flag's code: what is wrong, and what to write instead.
// Figures and codes are filled in, since they stand left to right in every language.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export interface GuardSaying {
  readonly title: MessageDescriptor;
  readonly instead: MessageDescriptor;
  readonly figures?: Readonly<Record<string, string>>;
}

const DELETE = msg({ message: 'Delete it.' });
const TIME = { example: '14:30 UTC' };

const CHARACTERS: Readonly<Record<string, GuardSaying>> = {
  'text.control': { title: msg({ message: 'Control character' }), instead: DELETE },
  'text.surrogate': { title: msg({ message: 'Broken character' }), instead: DELETE },
  'text.invisible': { title: msg({ message: 'Invisible character' }), instead: DELETE },
  'text.private-use': {
    title: msg({ message: 'Character without an agreed meaning' }),
    instead: msg({ message: 'Use a common character.' }),
  },
  'text.unassigned': { title: msg({ message: 'Unknown character' }), instead: DELETE },
  'text.compatibility': {
    title: msg({ message: 'Styled letters' }),
    instead: msg({ message: 'Type plain letters.' }),
  },
  'text.combining': {
    title: msg({ message: 'Too many marks on one letter' }),
    instead: msg({ message: 'Put at most three marks on a letter.' }),
  },
  'bidi.override': {
    title: msg({ message: 'Hidden character that shows the text in a false order' }),
    instead: DELETE,
  },
  'bidi.embedding': { title: msg({ message: 'Hidden character that changes the direction' }), instead: DELETE },
  'bidi.isolate': { title: msg({ message: 'Hidden character that changes the direction' }), instead: DELETE },
  'bidi.mark': { title: msg({ message: 'Hidden mark that moves what stands beside it' }), instead: DELETE },
  'script.mixed': {
    title: msg({ message: 'Letters of two scripts in one word' }),
    instead: msg({ message: 'Type it in one script.' }),
  },
  'script.lookalike': {
    title: msg({ message: 'Letters that look like Latin ones but are not' }),
    instead: msg({ message: 'Type it in Latin letters.' }),
  },
  'code.lookalike': {
    title: msg({ message: 'Looks like a code but is another' }),
    instead: msg({ message: 'Type the code itself.' }),
  },
  'digits.mixed': {
    title: msg({ message: 'Two kinds of digits together' }),
    instead: msg({ message: 'Use one kind of digits.' }),
  },
};

const WHOLE: Readonly<Record<string, GuardSaying>> = {
  'text.too-long': {
    title: msg({ message: 'The text is too long from here on' }),
    instead: msg({ message: 'Write at most {most} words.' }),
    figures: { most: '200' },
  },
  'text.language': {
    title: msg({ message: 'The text is not in the script of the language named' }),
    instead: msg({ message: 'Name the language in which it is written.' }),
  },
  'range.hyphen': {
    title: msg({ message: 'A range with a hyphen is seen reversed in a right-to-left line' }),
    instead: msg({ message: 'Write “from … to …”.' }),
  },
};

const TIMES: Readonly<Record<string, GuardSaying>> = {
  'time.no-zone': {
    title: msg({ message: 'Time without a zone' }),
    instead: msg({ message: 'Write it with its zone: {example}.' }),
    figures: TIME,
  },
  'time.local-zone': {
    title: msg({ message: 'Local time' }),
    instead: msg({ message: 'Write it in UTC, or add UTC beside it.' }),
  },
  'time.relative': {
    title: msg({ message: 'This time depends on when it is read' }),
    instead: msg({ message: 'Write the date and the time: {example}.' }),
    figures: { example: '2026-11-03 14:30 UTC' },
  },
  'time.vague': {
    title: msg({ message: 'This time is not the same for everyone' }),
    instead: msg({ message: 'Write the exact time: {example}.' }),
    figures: TIME,
  },
  'time.impossible': {
    title: msg({ message: 'There is no such time of day' }),
    instead: msg({ message: 'Write a time from {first} to {last}.' }),
    figures: { first: '00:00', last: '23:59' },
  },
  'date.ambiguous': {
    title: msg({ message: 'This date can be read as two dates' }),
    instead: msg({ message: 'Write {example}, or the month by its name.' }),
    figures: { example: '2026-11-03' },
  },
  'date.two-digit-year': {
    title: msg({ message: 'Year with two digits' }),
    instead: msg({ message: 'Write the year with four digits.' }),
  },
  'date.no-year': {
    title: msg({ message: 'Date without a year' }),
    instead: msg({ message: 'Write the whole date.' }),
  },
  'date.relative': {
    title: msg({ message: 'This date depends on when and where it is read' }),
    instead: msg({ message: 'Write the whole date.' }),
  },
  'date.weekday': {
    title: msg({ message: 'The date is not on that day of the week' }),
    instead: msg({ message: 'Correct the day or the date.' }),
  },
  'date.impossible': {
    title: msg({ message: 'There is no such date in the calendar' }),
    instead: msg({ message: 'Write a date that exists.' }),
  },
  'date.far': {
    title: msg({ message: 'This date is more than a year from now' }),
    instead: msg({ message: 'Check the year.' }),
  },
};

const MEASURES: Readonly<Record<string, GuardSaying>> = {
  'place.no-coordinates': {
    title: msg({ message: 'Place without coordinates' }),
    instead: msg({ message: 'Add the coordinates.' }),
  },
  'place.implausible': {
    title: msg({ message: 'There are no such coordinates' }),
    instead: msg({ message: 'Check the figures.' }),
  },
  'height.no-datum': {
    title: msg({ message: 'Height that does not say from what it is measured' }),
    instead: msg({ message: 'Add the datum: {example}.' }),
    figures: { example: 'AMSL, AGL, WGS84' },
  },
  'height.no-unit': {
    title: msg({ message: 'Height without a unit' }),
    instead: msg({ message: 'Write feet or metres.' }),
  },
  'height.flight-level': {
    title: msg({ message: 'A flight level depends on the air pressure set' }),
    instead: msg({ message: 'Add a height with its datum beside it.' }),
  },
  'unit.nm': {
    title: msg({ message: 'Nautical miles or nanometres?' }),
    instead: msg({ message: 'Write “nautical miles” in full.' }),
  },
  'unit.mile': {
    title: msg({ message: 'Nautical miles or land miles?' }),
    instead: msg({ message: 'Write “nautical miles” or “kilometres”.' }),
  },
  'number.no-unit': {
    title: msg({ message: 'Number without a unit' }),
    instead: msg({ message: 'Write the unit.' }),
  },
  'number.grouping': {
    title: msg({ message: 'To some readers these are thousands, to others a fraction' }),
    instead: msg({ message: 'Write {whole} or {fraction}.' }),
    figures: { whole: '1500', fraction: '1.5' },
  },
};

export const GUARD_SAYINGS: ReadonlyMap<string, GuardSaying> = new Map(
  Object.entries({ ...CHARACTERS, ...WHOLE, ...TIMES, ...MEASURES }),
);
