// The node's views, as its API gives them (`/api/v1/openapi.json` has the same names; `npm run client` makes types from it).
// Members are codes, channels names, statements references; times are Unix ms.

export type * from './wire/basics';
export type * from './wire/cases';
export type * from './wire/drafts';
export type * from './wire/floor';
export type * from './wire/map';
export type * from './wire/news';
export type * from './wire/people';
export type * from './wire/private';
export type * from './wire/record';
export type * from './wire/search';
export type * from './wire/sheets';
export type * from './wire/situation';
export type * from './wire/watch';
