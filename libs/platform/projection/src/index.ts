export { EntityTable } from './entity-table.ts';
export { entityOf, isNewer, textOf, type Entity } from './entity.ts';
export { followChanges, type FollowParts } from './follow-changes.ts';
export { KeyGroups } from './key-groups.ts';
