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
import { serviceNames, type ServiceName } from './service-environment.ts';
import { Cancelled } from './stack-error.ts';
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
  readonly demoSite: boolean;
}

/** Everything from nothing to a stack that decides calls, each step as soon as what it needs is there. */
export function bootSteps(boot: Boot): Step[] {
  const { layout } = boot;
  return [
    ...(boot.build ? [step(boot, 'build', [], () => buildAll(`${logDirOf(layout)}/build.log`))] : []),
    ...storeSteps(boot),
    part(boot, 'kamailio', []),
    ...serviceNames.map((name) => part(boot, name, boot.build ? ['schemas', 'topics', 'build'] : ['schemas', 'topics'])),
    ...(boot.demoSite ? siteSteps(boot) : []),
  ];
}

function storeSteps(boot: Boot): Step[] {
  const { layout } = boot;
  const fetched = (isNew: boolean): string => (isNew ? 'fetched' : 'there');
  return [
    step(boot, 'jars of Cassandra', [], () => ensureJars('cassandra'), fetched),
    step(boot, 'jars of Kafka', ['jars of Cassandra'], () => ensureJars('kafka'), fetched),
    part(boot, 'cassandra', ['jars of Cassandra']),
    part(boot, 'kafka', ['jars of Kafka']),
    step(boot, 'schemas', ['cassandra'], () => applySchemas(layout), (lines) => lines.join(', ')),
    step(boot, 'topics', ['kafka'], () => applyTopics([hostPort(layout.ports.kafka)]), (count) => `all ${count} there`),
  ];
}

function siteSteps(boot: Boot): Step[] {
  return [
    step(boot, 'demo site', [...serviceNames, 'kamailio'], () => loadWhenReady(boot), (isNew) => (isNew ? 'loaded' : 'kept')),
    step(boot, 'everything ready', ['demo site'], () => untilAllReady(boot)),
  ];
}

function step<T>({ progress, supervisor }: Boot, name: string, needs: readonly string[], work: () => Promise<T>, detail?: (value: T) => string): Step {
  const cancellable = (): Promise<T> =>
    work().catch((error: unknown) => {
      // what fails because its surroundings are being ended has not failed
      throw supervisor.cancelled.aborted ? new Cancelled() : error;
    });
  return { name, needs, run: async () => void (await progress.step(name, cancellable, detail)) };
}

function part(boot: Boot, name: PartName, needs: readonly string[]): Step {
  return step(boot, name, needs, () => boot.supervisor.start(boot.parts[name]), () => `log: ${boot.supervisor.logOf(name)}`);
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

async function loadWhenReady(boot: Boot): Promise<boolean> {
  await untilReady(boot, ['provisioning', 'voicemail', 'device-management', 'gateway']);
  return loadDemoSite(boot.layout);
}

async function untilAllReady(boot: Boot): Promise<void> {
  await untilReady(boot, serviceNames);
  const seesBoth = async (): Promise<boolean> => ((await kamailioStatus(boot.layout))?.replicas ?? 0) >= 2;
  await waitFor(seesBoth, { what: `Kamailio sees both dial-plan replicas${logHint(boot, 'kamailio')}`, limitMs: 60_000, signal: boot.supervisor.cancelled });
}

async function untilReady(boot: Boot, names: readonly ServiceName[]): Promise<void> {
  for (const name of names) {
    await waitFor(() => isServiceReady(name, boot.layout), { what: `${name} is ready${logHint(boot, name)}`, limitMs: 120_000, signal: boot.supervisor.cancelled });
  }
}

function logHint(boot: Boot, name: PartName): string {
  return ` (its log: ${boot.supervisor.logOf(name)})`;
}
