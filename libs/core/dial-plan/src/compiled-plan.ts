import type { PatternAst } from './pattern.ts';
import type { PlanIssue } from './plan-issue.ts';
import type { Partition, SwitchSettings } from './plan-source.ts';
import type { Trie } from './trie.ts';

/** A plan ready to decide calls: immutable, plain data and typed arrays, so it survives `structuredClone` and `postMessage`. */
export interface CompiledPlan {
  readonly tenant: string;
  readonly switchId: string;
  readonly sipDomain: string;
  readonly settings: SwitchSettings;
  /** without visual separators; compared before anything else */
  readonly emergencyNumbers: ReadonlySet<string>;
  readonly partitions: readonly CompiledPartition[];
  readonly profiles: ReadonlyMap<string, CompiledProfile>;
  readonly trunks: ReadonlyMap<string, CompiledTrunk>;
  readonly voicemailTargets: readonly CompiledTrunk[];
  readonly warnings: readonly PlanIssue[];
}

export interface CompiledPartition extends Omit<Partition, 'patterns'> {
  readonly patterns: readonly PatternAst[];
}

export interface CompiledProfile {
  readonly id: string;
  readonly name: string;
  /** places in `partitions`, of existing partitions, inactive ones too (for the trace) */
  readonly partitions: readonly number[];
  readonly matcher: Matcher;
}

/** Profiles with the same active partitions share one. `partitionOf` and `patternOf` say what a rank stands for. */
export interface Matcher {
  readonly trie: Trie;
  readonly partitionOf: Int32Array;
  readonly patternOf: Int32Array;
}

/** A trunk's URI around the place where the number goes: `sip:` NUMBER@ `192.0.2.1:5060`. */
export interface CompiledTrunk {
  readonly scheme: string;
  readonly hostPart: string;
}
