import { Kafka } from './kafka.ts';
import { Relay, type Watermarks } from './relay.ts';
import { Store, type Row } from './store.ts';
import { SITES, World, type Fault, type Site } from './world.ts';
import { commit, type Parts } from './writer.ts';

const TROUBLE_MS = 90_000;
const CALM_MS = 150_000;
const ENTITIES = ['one', 'two', 'three'];

/** One run: trouble, then calm. Answers what is wrong afterwards; nothing when the promise held. */
export function violations(seed: number, fault?: Fault): string[] {
  const world = new World(seed, fault);
  const store = new Store(world);
  const parts: Parts = { world, store, kafka: new Kafka(world), ledger: { operations: [], acknowledged: new Set(), skipped: new Set() } };
  for (const site of SITES) startRelay(parts, site);
  startWriters(parts);
  startTrouble(world);
  world.runUntil(TROUBLE_MS);
  endTrouble(world);
  world.runUntil(TROUBLE_MS + CALM_MS);
  return [...divided(parts), ...untrue(parts), ...lost(parts), ...halves(parts)];
}

function startRelay(parts: Parts, site: Site): void {
  const watermarks: Watermarks = { a: -1, b: -1 };
  const start = (): void => parts.world.spawn(new Relay(parts, site, watermarks).run(), 0.004, start);
  start();
}

function startWriters(parts: Parts): void {
  const { world, store } = parts;
  const count = 3 + Math.floor(world.random() * 37);
  for (let number = 0; number < count; number += 1) {
    world.after(world.random() * TROUBLE_MS, () => {
      const site: Site = world.chance(0.5) ? 'a' : 'b';
      const ids = ENTITIES.filter(() => world.chance(0.5));
      const rows = ids.map((id): Row => ({ id, tag: `${number}-${id}`, expect: world.chance(0.3) ? undefined : (store.read(site, id).current?.tag ?? '') }));
      world.spawn(commit(parts, { site, rows }), 0.03);
    });
  }
}

/** The line is cut once, briefly or beyond the hint window; each Kafka goes away for a while. */
function startTrouble(world: World): void {
  const cutAt = world.random() * 40_000;
  world.after(cutAt, () => {
    world.lineIsUp = false;
    world.cutAt = world.now;
  });
  world.after(cutAt + 5_000 + world.random() * 45_000, () => (world.lineIsUp = true));
  for (const site of SITES) {
    const from = world.random() * 60_000;
    world.after(from, () => (world.kafkaIsUp[site] = false));
    world.after(from + world.random() * 30_000, () => (world.kafkaIsUp[site] = true));
  }
}

function endTrouble(world: World): void {
  world.calm = true;
  world.lineIsUp = true;
  for (const site of SITES) world.kafkaIsUp[site] = true;
}

/** Every consumer holds what the store holds. */
function divided({ store, kafka }: Parts): string[] {
  return SITES.flatMap((site) =>
    [...store.ids()]
      .filter((id) => (store.readEverywhere(site, id).current?.tag ?? '') !== kafka.tagAt(site, id))
      .map((id) => `consumer at ${site} holds ${kafka.tagAt(site, id)} of ${id}, the store ${store.read(site, id).current?.tag}`),
  );
}

/** Nothing was published that is not in the history. */
function untrue({ store, kafka }: Parts): string[] {
  const committed = new Set([...store.ids()].flatMap((id) => [...store.readEverywhere('a', id).history.keys()]));
  return [...kafka.published].filter((tag) => !committed.has(tag)).map((tag) => `${tag} was published and never committed`);
}

/** What was acknowledged is in the history at both sites, whoever won. */
function lost({ store, ledger }: Parts): string[] {
  const idOf = (tag: string): string => tag.slice(tag.indexOf('-') + 1);
  return [...ledger.acknowledged].filter((tag) => SITES.some((site) => !store.readEverywhere(site, idOf(tag)).history.has(tag))).map((tag) => `${tag} was acknowledged and is lost`);
}

/** An operation is whole, or not at all; a row that somebody else changed meanwhile is left out and said so. */
function halves({ store, ledger }: Parts): string[] {
  const isThere = ({ id, tag }: Row): boolean => store.readEverywhere('a', id).history.has(tag);
  return ledger.operations.flatMap(({ rows: [first, ...rest] }) => {
    if (first === undefined) return [];
    const isDecided = isThere(first);
    return rest.filter((row) => isThere(row) !== isDecided && !(isDecided && ledger.skipped.has(row.tag))).map((row) => `${row.tag} stands ${isThere(row)} beside ${first.tag} ${isDecided}`);
  });
}
