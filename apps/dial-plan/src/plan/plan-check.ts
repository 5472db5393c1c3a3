import { CallingProfile, Partition, SwitchSettings } from '@sfs/contracts';
import { DomainError } from '@sfs/kernel';
import type { PlanIssue, PlanSource } from '@sfs/dial-plan';
import type { PlanCompiler } from '../projection/plan-compiler.ts';
import { planSourceOf } from '../projection/plan-source.mapper.ts';
import type { PlanBody } from './plan-bodies.ts';
import type { StoredPlan } from './read-plan.ts';
import type { SwitchFacts } from './switch-lookup.ts';

export interface PlannedChange {
  readonly kind: string;
  readonly id: string;
  readonly body: PlanBody;
  readonly deleted: boolean;
}

/** Tries a change on the whole plan before anything is written. */
export class PlanCheck {
  private readonly compiler: Pick<PlanCompiler, 'compile'>;

  constructor(compiler: Pick<PlanCompiler, 'compile'>) {
    this.compiler = compiler;
  }

  /** Everything found in the plan as it is. */
  issues(at: SwitchFacts, plan: StoredPlan): Promise<readonly PlanIssue[]> {
    return this.compile(at, sourceOf(at, plan, undefined));
  }

  /** Returns the warnings; throws `invalid` with the first error that the change would bring. Errors that are there already do not hold a change that mends another one. */
  async require(at: SwitchFacts, { before, change }: { before: StoredPlan; change: PlannedChange }): Promise<readonly PlanIssue[]> {
    const after = await this.compile(at, sourceOf(at, before, change));
    const errors = after.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return after;
    const known = new Set((await this.issues(at, before)).filter(({ severity }) => severity === 'error').map(keyOf));
    const fresh = errors.find((issue) => !known.has(keyOf(issue)));
    if (fresh) throw refusalOf(fresh, errors.length);
    return after;
  }

  private async compile(at: SwitchFacts, source: PlanSource): Promise<readonly PlanIssue[]> {
    const result = await this.compiler.compile(source);
    return [...(result.ok ? result.value.warnings : result.error), ...hiddenNumber(at, source)];
  }
}

/** The compiler knows no numbers of users. */
function hiddenNumber({ hasNumber }: SwitchFacts, { settings: { voicemail } }: PlanSource): readonly PlanIssue[] {
  const { targets, accessNumber } = voicemail;
  if (targets.length === 0 || !hasNumber(accessNumber)) return [];
  return [{ severity: 'warning', code: 'plan/number-hidden', message: `${accessNumber} reaches voicemail: whoever has this number is not called by it.`, remedy: 'Choose another access number, or give the user another number.' }];
}

function sourceOf(at: SwitchFacts, plan: StoredPlan, change: PlannedChange | undefined): PlanSource {
  const bodies = (kind: string, states: readonly { id: string; body: PlanBody }[]): PlanBody[] => {
    if (change?.kind !== kind) return states.map(({ body }) => body);
    const others = states.filter(({ id }) => id !== change.id).map(({ body }) => body);
    return change.deleted ? others : [...others, change.body];
  };
  const [settings] = bodies('switch-settings', plan.settings ? [plan.settings] : []);
  return planSourceOf(at, {
    partitions: bodies('partition', plan.partitions).map((body) => Partition.fromJSON(body)),
    callingProfiles: bodies('calling-profile', plan.profiles).map((body) => CallingProfile.fromJSON(body)),
    settings: settings && SwitchSettings.fromJSON(settings),
  });
}

const keyOf = ({ code, partitionId, profileId, pattern, position }: PlanIssue): string => JSON.stringify([code, partitionId, profileId, pattern, position]);

function refusalOf(issue: PlanIssue, errors: number): DomainError {
  const { code, message, remedy, partitionId, profileId, pattern, position } = issue;
  return new DomainError('invalid', code, message, {
    remedy,
    ...(partitionId === undefined ? {} : { partitionId }),
    ...(profileId === undefined ? {} : { profileId }),
    ...(pattern === undefined ? {} : { field: 'patterns', pattern }),
    ...(position === undefined ? {} : { position }),
    errors,
  });
}
