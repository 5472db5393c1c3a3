export type { Call } from './call.ts';
export type { Directory, DirectoryEntry } from './directory.ts';
export type { CallPlan, PlanStep } from './plan.ts';
export type { CallingProfile, EmergencySet, Partition, PartitionAction, PlanSource, SwitchSettings } from './plan-source.ts';
export type { Candidate, Station, Trace } from './trace.ts';
