export { assertNever } from './assert-never.ts';
export { parseDn, stripSeparators, type Dn } from './dn.ts';
export { DomainError, type ErrorDetails, type ErrorKind } from './domain-error.ts';
export { parseName } from './names.ts';
export { fail, ok, type Result } from './result.ts';
