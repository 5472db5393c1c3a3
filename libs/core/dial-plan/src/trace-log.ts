import type { Candidate, Station, Trace } from './trace.ts';

/** Collects why; exists only when a trace was asked for, so that a call without one pays nothing for its words. */
export class TraceLog {
  caller: Trace['caller'] = { number: '', userId: '', profileId: '', profileFrom: 'none' };
  candidates: readonly Candidate[] = [];
  candidatesLeftOut = 0;
  /** from here on: what runs only if the steps before fail */
  later = false;
  quiet = false;
  private readonly stations: Station[] = [];

  decided(rule: string, number: string, text: string, origin?: string): void {
    this.add(rule, this.later ? 'later' : 'decided', { number, text, origin });
  }

  /** Asked, said no. Of later branches only what decides is told. */
  passed(rule: string, number: string, text: string, origin?: string): void {
    if (!this.later) this.add(rule, 'passed', { number, text, origin });
  }

  finish(revision: string): Trace {
    return { revision, caller: this.caller, stations: this.stations, candidates: this.candidates, ...(this.candidatesLeftOut > 0 && { candidatesLeftOut: this.candidatesLeftOut }) };
  }

  private add(rule: string, verdict: Station['verdict'], { number, text, origin }: { number: string; text: string; origin: string | undefined }): void {
    if (!this.quiet) this.stations.push({ rule, verdict, text, number, ...(origin !== undefined && { origin }) });
  }
}
