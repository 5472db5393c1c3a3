import type { Overview } from '@sfs/rest-contract';
import { age, count } from '../../ui/formats.ts';

/** Ticks come every second; more than this and a change may not have arrived. */
export const BEHIND_MS = 5_000;

export interface SwitchVerdict {
  readonly switchId: string;
  readonly deciding: number;
  readonly replicas: number;
  readonly revision: string;
}

export interface Attention {
  readonly key: string;
  readonly kind: 'bad' | 'warn';
  readonly what: string;
  readonly why: string;
}

export interface Verdict {
  readonly kind: 'ok' | 'warn' | 'bad';
  readonly text: string;
  readonly detail: string;
  readonly switches: readonly SwitchVerdict[];
  readonly attention: readonly Attention[];
  readonly sources: readonly { readonly name: string; readonly ageMs: number }[];
}

/** Can calls be decided, everywhere, with fresh data? In words, and what to look at when not. */
export function verdictOf(overview: Overview): Verdict {
  const switches = switchVerdicts(overview);
  const attention = attentionOf(overview);
  const sources = worstSources(overview);
  const silent = switches.filter((each) => each.deciding === 0);
  const detail = attention.length ? `${count(attention.length, 'thing needs', 'things need')} attention: ${attention[0]?.what ?? ''}.` : 'Every service answers and every change has arrived.';
  if (overview.replicas.length === 0) return { kind: 'bad', text: 'No dial-plan replica is known.', detail: 'The SIP server falls back: emergency calls go out, registered phones ring, the rest is refused.', switches, attention, sources };
  if (switches.length === 0) return { kind: 'warn', text: 'No switch is bound to a dial-plan replica.', detail, switches, attention, sources };
  if (silent.length) {
    const text = `No replica decides calls at ${silent.map((each) => each.switchId).join(', ')}.`;
    return { kind: 'bad', text, detail: 'The SIP server falls back: emergency calls go out, registered phones ring, the rest is refused.', switches, attention, sources };
  }
  const names = switches.map((each) => each.switchId).join(' and ');
  return { kind: attention.length ? 'warn' : 'ok', text: `Calls are decided normally at ${names}.`, detail, switches, attention, sources };
}

function switchVerdicts({ replicas }: Overview): readonly SwitchVerdict[] {
  const ids = [...new Set(replicas.flatMap((replica) => replica.switches.map((each) => each.switchId)))].sort();
  return ids.map((switchId) => {
    const bound = replicas.flatMap((replica) => replica.switches.filter((each) => each.switchId === switchId).map((each) => ({ ...each, reachable: replica.reachable })));
    const deciding = bound.filter((each) => each.deciding && each.reachable);
    return { switchId, deciding: deciding.length, replicas: bound.length, revision: deciding[0]?.revision ?? '' };
  });
}

function attentionOf({ services, replicas }: Overview): readonly Attention[] {
  const found: Attention[] = [];
  for (const { service, instance, alive, ready, checks } of services) {
    const name = `${service} ${instance}`.trim();
    const failing = checks.filter((check) => !check.ok).map((check) => `${check.name}: ${check.detail}`);
    if (!alive) found.push({ key: `s-${name}`, kind: 'bad', what: `${name} does not answer`, why: 'Look at its log, or start it again.' });
    else if (!ready) found.push({ key: `s-${name}`, kind: 'warn', what: `${name} is not ready`, why: failing.join('; ') || 'It says no reason.' });
  }
  for (const { replica, reachable, switches, sources } of replicas) {
    if (!reachable) found.push({ key: `r-${replica}`, kind: 'bad', what: `Dial plan replica ${replica} cannot be reached`, why: 'The others go on deciding.' });
    for (const each of switches) if (reachable && !each.deciding) found.push({ key: `d-${replica}-${each.switchId}`, kind: 'bad', what: `Replica ${replica} cannot decide for ${each.switchId}`, why: each.reason || 'It says no reason.' });
    for (const source of sources) if (reachable && isBehind(source.ageMs)) found.push({ key: `t-${replica}-${source.owner}-${source.site}`, kind: 'warn', what: behindWords(replica, source), why: 'Calls are decided with what it has. New changes may not be in effect there.' });
  }
  return found;
}

export function isBehind(ageMs: number): boolean {
  return ageMs < 0 || ageMs > BEHIND_MS;
}

function behindWords(replica: string, { owner, site, ageMs }: { owner: string; site: string; ageMs: number }): string {
  return ageMs < 0 ? `Replica ${replica} never heard ${owner} of ${site}` : `Replica ${replica} is ${age(ageMs)} behind ${owner} of ${site}`;
}

function worstSources({ replicas }: Overview): readonly { name: string; ageMs: number }[] {
  const worst = new Map<string, number>();
  for (const { owner, site, ageMs } of replicas.filter((replica) => replica.reachable).flatMap((replica) => replica.sources)) {
    const name = `${owner} ${site}`;
    const before = worst.get(name) ?? 0;
    worst.set(name, before < 0 || ageMs < 0 ? -1 : Math.max(before, ageMs));
  }
  return [...worst].map(([name, ageMs]) => ({ name, ageMs })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
