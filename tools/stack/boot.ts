import { applySchema } from '../schema/apply-schema.ts';
import type { SchemaTarget } from '../schema/schema-client.ts';
import { defaultKeyspaces, schemaOwners } from '../schema/schema-versions.ts';
import { applyTopics } from '../schema/topics.ts';
import { buildAll } from './build.ts';
import { loadDemoSite } from './demo-site.ts';
import { ensureJars } from './jars.ts';
import { hostPort, logDirOf, site, type StackLayout } from './layout.ts';
import type { Part } from './part.ts';
import { kamailioStatus } from './parts/kamailio.ts';
import { isServiceReady } from './parts/service.ts';
import type { Progress } from './progress.ts';
import { serviceNames } from './service-environment.ts';
import type { PartName } from './stack-parts.ts';
import type { Step } from './steps.ts';
import type { Supervisor } from './supervisor.ts';
import { waitFor } from './wait-for.ts';

export interface Boot {
  readonly layout: StackLayout;
  readonly parts: Readonly<Record<PartName, Part>>;
  readonly supervisor: Supervisor;
  readonly progress: Progress;
  /** tests build once for many stacks */
  readonly build: boolean;
}

/** Everything from nothing to a stack that decides calls, each step as soon as what it needs is there. */
export function bootSteps(boot: Boot): Step[] {
  const { layout, progress } = boot;
  const step = <T>(name: string, needs: readonly string[], work: () => Promise<T>, detail?: (value: T) => string): Step => ({
    name,
    needs,
    run: async () => void (await progress.step(name, work, detail)),
  });
  const part = (name: PartName, needs: readonly string[]): Step => step(name, needs, () => boot.supervisor.start(boot.parts[name]), () => `log: ${boot.supervisor.logOf(name)}`);
  const fetched = (isNew: boolean): string => (isNew ? 'fetched' : 'there');
  const stores = ['schemas', 'topics'];
  return [
    ...(boot.build ? [step('build', [], () => buildAll(`${logDirOf(layout)}/build.log`))] : []),
    step('jars of Cassandra', [], () => ensureJars('cassandra'), fetched),
    step('jars of Kafka', ['jars of Cassandra'], () => ensureJars('kafka'), fetched),
    part('cassandra', ['jars of Cassandra']),
    part('kafka', ['jars of Kafka']),
    part('kamailio', []),
    step('schemas', ['cassandra'], () => applySchemas(layout), (lines) => lines.join(', ')),
    step('topics', ['kafka'], () => applyTopics([hostPort(layout.ports.kafka)]), (created) => (created.length > 0 ? `${created.length} created` : 'there')),
    ...serviceNames.map((name) => part(name, boot.build ? [...stores, 'build'] : stores)),
    step('demo site', [...serviceNames, 'kamailio'], () => loadWhenReady(layout), (isNew) => (isNew ? 'loaded' : 'kept')),
    step('everything ready', ['demo site'], () => untilAllReady(layout)),
  ];
}

export function schemaTarget(layout: StackLayout): SchemaTarget {
  return { contactPoints: [hostPort(layout.ports.cassandra)], localDc: site, replication: { [site]: 1 } };
}

async function applySchemas(layout: StackLayout): Promise<string[]> {
  const lines: string[] = [];
  // one after the other: concurrent schema changes are what schema disagreements come from
  for (const owner of schemaOwners) {
    const { keyspace, from, to } = await applySchema(schemaTarget(layout), owner, defaultKeyspaces[owner]);
    lines.push(from === to ? `${keyspace} ${to}` : `${keyspace} ${from} -> ${to}`);
  }
  return lines;
}

async function loadWhenReady(layout: StackLayout): Promise<boolean> {
  for (const name of ['provisioning', 'gateway'] as const) {
    await waitFor(() => isServiceReady(name, layout), { what: `${name} is ready (its log: ${logDirOf(layout)}/${name}.log)`, limitMs: 60_000 });
  }
  return loadDemoSite(layout);
}

async function untilAllReady(layout: StackLayout): Promise<void> {
  for (const name of serviceNames) {
    await waitFor(() => isServiceReady(name, layout), { what: `${name} is ready (its log: ${logDirOf(layout)}/${name}.log)`, limitMs: 60_000 });
  }
  const seesBoth = async (): Promise<boolean> => ((await kamailioStatus(layout))?.replicas ?? 0) >= 2;
  await waitFor(seesBoth, { what: `Kamailio sees both dial-plan replicas (its log: ${logDirOf(layout)}/kamailio.log)`, limitMs: 30_000 });
}
