// Words that all views share. JSON integers are safe ones.

export type Titles = Readonly<Record<string, string>>;
export type PrecedenceName = 'ROUTINE' | 'PRIORITY' | 'IMMEDIATE' | 'FLASH';
export type RoleName = 'party' | 'facilitator' | 'observer';
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonFields = Readonly<Record<string, Json>>;
