export { onceOnly, type Caller } from './caller.ts';
export { toChange } from './change-event.ts';
export { ChangeLog, type ChangeLogOptions } from './change-log.ts';
export { commitAs, exists, inWords, type CommitWords } from './commit-words.ts';
export { mergedHistory, type HistoryQuery, type HistorySource } from './merged-history.ts';
export { FAILPOINTS, killAt, type Failpoint, type FailpointName } from './failpoint.ts';
export { gatedChangeLog, type GatedChangeLog } from './gated-change-log.ts';
export { Relay, type RelayOptions, type RelayStatus } from './relay.ts';
export { idFromKey } from './tags.ts';
export { changeTopic, tickTopic, type Owner } from './topics.ts';
export {
  type ChangeRecord,
  type ChangesQuery,
  type CommitRequest,
  type EntityKey,
  type EntityState,
  type Expectation,
  type KindDefinition,
  type ListQuery,
  type PageOf,
  type RowChange,
} from './types.ts';
