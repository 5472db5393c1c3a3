/** Nest's name for the EntityStore. */
export const ENTITY_STORE = Symbol('EntityStore');
