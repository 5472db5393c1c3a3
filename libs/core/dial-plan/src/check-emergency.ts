import { stripSeparators } from '@sfs/kernel';
import { mismatchAt } from './closest-match.ts';
import type { CompiledPartition } from './compiled-plan.ts';
import { ALPHABET } from './digits.ts';
import type { PatternAst } from './pattern.ts';
import type { PlanIssue } from './plan-issue.ts';
import type { SwitchSettings } from './plan-source.ts';

const LITERAL = /^\+?[0-9*#]{1,32}$/;

/** Emergency numbers are decided before any pattern, so nothing can take them; this refuses plans that look as if something did (README, emergency table). */
export function checkEmergency({ emergency, trunks }: SwitchSettings, partitions: readonly CompiledPartition[], issues: PlanIssue[]): void {
  const numbers = new Set(emergency.numbers.map(stripSeparators));
  for (const number of numbers) {
    if (LITERAL.test(number)) continue;
    issues.push({ severity: 'error', code: 'plan/emergency-not-literal', pattern: number, message: `Emergency number "${number}" is not a plain number.`, remedy: 'List each number as it is dialled: 0-9, * and # only, no wildcards.' });
  }
  checkTrunk(emergency.trunk, { needed: numbers.size > 0, known: trunks.some((trunk) => trunk.name === emergency.trunk) }, issues);
  if (numbers.size === 0) return;
  for (const partition of partitions) {
    if (!partition.active) continue;
    for (const pattern of partition.patterns) {
      const issue = against(numbers, partition, pattern);
      if (issue) issues.push(issue);
    }
  }
}

function checkTrunk(trunk: string, { needed, known }: { readonly needed: boolean; readonly known: boolean }, issues: PlanIssue[]): void {
  if (trunk === '' && needed) {
    issues.push({ severity: 'error', code: 'plan/emergency-without-trunk', message: 'There are emergency numbers but no trunk for them.', remedy: 'Choose the emergency trunk of the switch.' });
  } else if (trunk !== '' && !known) {
    issues.push({ severity: 'error', code: 'plan/unknown-trunk', message: `Emergency calls go out by "${trunk}", which the switch does not have.`, remedy: 'Add the trunk to the settings of the switch, or choose another.' });
  }
}

function against(numbers: ReadonlySet<string>, partition: CompiledPartition, pattern: PatternAst): PlanIssue | undefined {
  const where = { partitionId: partition.id, pattern: pattern.text };
  const taken = [...numbers].filter((number) => mismatchAt(pattern, number) < 0);
  if (pattern.tail === 'none' && taken.length > 0 && taken.length === countOf(pattern, pattern.positions.length)) {
    return {
      ...where,
      severity: 'error',
      code: 'plan/emergency-shadowed',
      message: `${pattern.text} in partition ${partition.id} takes nothing but ${list(taken)}, decided as an emergency number before any partition.`,
      remedy: `Take ${pattern.text} out of the partition, or ${list(taken)} out of the emergency numbers.`,
    };
  }
  return beginsWith(numbers, partition, pattern) ?? matched(taken, partition, pattern);
}

/** Someone who dials such a number and stops early reaches the emergency service. */
function beginsWith(numbers: ReadonlySet<string>, { id, action }: CompiledPartition, pattern: PatternAst): PlanIssue | undefined {
  const begin = [...numbers].filter((number) => number.length <= pattern.positions.length && mismatchAt({ ...pattern, positions: pattern.positions.slice(0, number.length), tail: 'none' }, number) < 0);
  const length = begin.map((number) => number.length).find((size) => begin.filter((number) => number.length === size).length === countOf(pattern, size));
  if (length === undefined) return undefined;
  const isExtension = action.kind === 'extension';
  return {
    severity: isExtension ? 'error' : 'warning',
    code: 'plan/emergency-prefix',
    partitionId: id,
    pattern: pattern.text,
    message: `Every number of ${pattern.text} in partition ${id} begins with ${list(begin.filter((number) => number.length === length))}: who stops dialling early makes an emergency call.`,
    remedy: isExtension ? 'Give these extensions other numbers.' : 'Use another access code, or leave it if it is meant.',
  };
}

function matched(taken: readonly string[], { id, action }: CompiledPartition, pattern: PatternAst): PlanIssue | undefined {
  const fixedExtension = action.kind === 'extension' && pattern.tail === 'none';
  if (taken.length === 0 || (action.kind !== 'block' && !fixedExtension)) return undefined;
  return {
    severity: 'warning',
    code: 'plan/emergency-matched',
    partitionId: id,
    pattern: pattern.text,
    message: `${pattern.text} in partition ${id} also takes ${list(taken)}. ${action.kind === 'block' ? 'It does not block that' : 'No extension can have that number'}: emergency calls are decided first.`,
    remedy: narrower(pattern, taken),
  };
}

function narrower(pattern: PatternAst, taken: readonly string[]): string {
  const last = pattern.positions.at(-1);
  const fixed = pattern.tail === 'none' && last !== undefined && pattern.positions.slice(0, -1).every((position) => position.width === 1);
  if (!fixed) return 'Narrow the pattern if that reads wrong.';
  const left = [...ALPHABET].filter((char, code) => (last.mask & (1 << code)) !== 0 && !taken.some((number) => number.endsWith(char)));
  return `Change it to ${pattern.positions.slice(0, -1).map((position) => position.text).join('')}[${ranges(left)}] if that reads wrong.`;
}

/** 0,1,3,4,5 -> 013-5 */
function ranges(chars: readonly string[]): string {
  return chars.join('').replace(/0?1?2?3?4?5?6?7?8?9?/g, (run) => run.replace(/./g, (char, at: number) => {
    const inRun = (other: number): boolean => Number(run[other]) - Number(char) === other - at;
    const middle = at > 0 && at < run.length - 1 && inRun(at - 1) && inRun(at + 1);
    const opens = inRun(at + 1) && inRun(at + 2) && !inRun(at - 1);
    return middle ? '' : opens ? `${char}-` : char;
  }));
}

/** How many numbers the first `length` positions can stand for. */
const countOf = (pattern: PatternAst, length: number): number => pattern.positions.slice(0, length).reduce((count, position) => count * position.width, 1);
const list = (numbers: readonly string[]): string => (numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`);
