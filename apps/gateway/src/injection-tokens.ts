/** Injection tokens of what is no class of its own. */
export const CQL_SESSION = Symbol('CqlSession');
export const NEIGHBOURS = Symbol('Neighbours');
export const AUDIT = Symbol('AuditStore');
export const HANDLERS = Symbol('Handlers');
