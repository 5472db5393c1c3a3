import type { Logger } from 'pino';
import type { DecidingSwitch, Refusal, SwitchBoard } from '../decision/switch-board.ts';
import { draftPlan, findSwitch, newBoundSwitch, switchIdOf, versionKey, type BoundSwitch, type PlanDraft } from './bound-switch.ts';
import { EntityTable, seenKey } from './entity-table.ts';
import { DIRECTORY_KINDS, ownerOf, PLAN_KINDS, type Entity, type Owner } from './entity.ts';
import { LiveDirectory } from './live-directory.ts';
import type { PlanCompiler } from './plan-compiler.ts';
import { refusalFor } from './refusal.ts';

export interface ProjectionParts {
  readonly switches: readonly string[];
  readonly compiler: Pick<PlanCompiler, 'compile'>;
  readonly log: Logger;
}

/** What this replica knows, and what of it decides calls. Takes states of both owners in any order, any number of times. */
export class Projection implements SwitchBoard {
  readonly table = new EntityTable();
  private readonly parts: ProjectionParts;
  private readonly bound = new Map<string, BoundSwitch>();
  private readonly deciding = new Map<string, DecidingSwitch>();
  private readonly heard = new Set<Owner>();
  private readonly dirty = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private compiling: Promise<void> | undefined;
  /** states that a repeated load brought and no event had */
  healed = 0;
  compiled = 0;

  constructor(parts: ProjectionParts) {
    this.parts = parts;
    for (const switchId of parts.switches) this.bound.set(switchId, newBoundSwitch(switchId));
  }

  find(switchId: string): DecidingSwitch | undefined {
    return this.deciding.get(switchId);
  }

  refusal(switchId: string): Refusal {
    return refusalFor(switchId, { bound: this.bound.get(switchId), known: findSwitch(this.table, switchId) !== undefined, directoryHeard: this.heard.has('provisioning') });
  }

  switches(): IterableIterator<BoundSwitch> {
    return this.bound.values();
  }

  boundSwitch(switchId: string): BoundSwitch | undefined {
    return this.bound.get(switchId);
  }

  hasHeard(owner: Owner): boolean {
    return this.heard.has(owner);
  }

  /** Called after each change that may matter to a decision, also when a plan became live. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  apply(entity: Entity): boolean {
    if (!this.table.apply(entity)) return false;
    this.took(entity);
    return true;
  }

  /** Everything one owner has. What it no longer names is taken for deleted. Throws when the source fails half-way: then nothing is taken for deleted. */
  async load(owner: Owner, states: AsyncIterable<Entity> | Iterable<Entity>): Promise<number> {
    const mark = this.table.mark();
    const seen = new Set<string>();
    let news = 0;
    for await (const entity of states) {
      seen.add(seenKey(entity));
      if (this.apply(entity)) news++;
    }
    for (const gone of this.table.missing(owner === 'provisioning' ? DIRECTORY_KINDS : PLAN_KINDS, mark, seen)) {
      this.table.bury(gone);
      this.took({ ...gone, deleted: true });
      news++;
    }
    if (this.heard.has(owner)) this.healed += news;
    this.completed([owner], owner === 'dialplan' ? [...this.bound.keys()] : []);
    return news;
  }

  /** From disk: both owners at once, plans only of the named switches. */
  restore(states: Iterable<Entity>, switches: readonly string[]): void {
    for (const entity of states) this.apply(entity);
    this.completed(['provisioning', 'dialplan'], switches);
  }

  /** Resolves when no plan waits to be compiled. */
  async settled(): Promise<void> {
    while (this.compiling) await this.compiling;
  }

  /** Whether decisions here are made with this version of the entity, or a later one. */
  isEffective(entity: { tenant: string; kind: string; id: string; version: number }): boolean {
    const bound = this.bound.get(switchIdOf(entity));
    if (bound && (ownerOf(entity.kind) === 'dialplan' || entity.kind === 'switch')) {
      return bound.live?.tenant === entity.tenant && (bound.live.versions.get(versionKey(entity.kind, entity.id)) ?? 0) >= entity.version;
    }
    return (this.table.known(entity.tenant, entity.kind, entity.id)?.version ?? 0) >= entity.version;
  }

  private took(entity: Entity): void {
    if (ownerOf(entity.kind) === 'dialplan') this.planChanged(switchIdOf(entity));
    else if (entity.kind === 'switch') this.switchChanged(entity.id);
    else this.directoryChanged(entity);
    this.tell();
  }

  private directoryChanged(entity: Entity): void {
    for (const bound of this.bound.values()) if (bound.directory?.changed(entity)) this.publish(bound);
  }

  private switchChanged(switchId: string): void {
    const bound = this.bound.get(switchId);
    if (!bound) return;
    const known = findSwitch(this.table, switchId);
    bound.directory = known && new LiveDirectory(this.table, known.tenant, switchId);
    if (!known || bound.live?.tenant !== known.tenant) bound.live = undefined;
    this.publish(bound);
    this.planChanged(switchId);
  }

  private completed(owners: readonly Owner[], plansHeard: readonly string[]): void {
    for (const owner of owners) this.heard.add(owner);
    for (const switchId of plansHeard) {
      const bound = this.bound.get(switchId);
      if (!bound || bound.planHeard) continue;
      bound.planHeard = true;
      this.planChanged(switchId);
    }
    for (const bound of this.bound.values()) this.publish(bound);
    this.tell();
  }

  /** Half a plan is never compiled: only once all of it was heard. One compilation at a time; what changes meanwhile is compiled next, once. */
  private planChanged(switchId: string): void {
    if (!this.bound.get(switchId)?.planHeard) return;
    this.dirty.add(switchId);
    this.startCompiling();
  }

  private startCompiling(): void {
    this.compiling ??= this.compileDirty().finally(() => {
      this.compiling = undefined;
      if (this.dirty.size > 0) this.startCompiling();
    });
  }

  private async compileDirty(): Promise<void> {
    // What arrives in one go (a load, a burst of events) becomes one plan.
    await new Promise((resolve) => setImmediate(resolve));
    for (const switchId of this.dirty) {
      this.dirty.delete(switchId);
      const bound = this.bound.get(switchId);
      const draft = bound && draftPlan(this.table, switchId);
      if (bound && draft) await this.compile(bound, draft);
    }
  }

  private async compile(bound: BoundSwitch, draft: PlanDraft): Promise<void> {
    const { log, compiler } = this.parts;
    try {
      const result = await compiler.compile(draft.source);
      this.compiled++;
      bound.broken = !result.ok;
      bound.issues = result.ok ? result.value.warnings : result.error;
      if (result.ok) bound.live = { ...draft, plan: result.value };
      else log.error({ switchId: bound.switchId, issues: result.error }, 'the plan does not compile, the one before stays live');
      this.publish(bound);
    } catch (error) {
      log.error({ err: error, switchId: bound.switchId }, 'the compiler failed, the plan before stays live');
    }
    this.tell();
  }

  private publish(bound: BoundSwitch): void {
    const { switchId, live, directory } = bound;
    if (!live || !directory || !this.heard.has('provisioning')) {
      this.deciding.delete(switchId);
      return;
    }
    this.deciding.set(switchId, { switchId, tenant: live.tenant, plan: live.plan, directory, revision: `p${live.hash}-d${directory.revision}` });
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
