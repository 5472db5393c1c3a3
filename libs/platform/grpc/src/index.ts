export { call, connectClient, streamOf, type CallRules } from './call.ts';
export { callerOf, contextOf, firstOf, METADATA_KEYS, metadataOf, type CallContext } from './call-context.ts';
export { fromStatus, toStatus, type CallStatus } from './status.ts';
