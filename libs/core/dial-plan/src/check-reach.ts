import type { CompiledPartition, CompiledProfile } from './compiled-plan.ts';
import { type PlanIssue } from './plan-issue.ts';
export function checkReach(_partitions: readonly CompiledPartition[], _profiles: readonly CompiledProfile[], _issues: PlanIssue[]): void {}
