import { bootSteps } from './boot.ts';
import { findFreePorts, findFreeRange } from './free-ports.ts';
import { address, hostPort, httpUrl, logDirOf, phoneFilesUrl, secretsFileOf, sipDomain, switchName, type StackLayout } from './layout.ts';
import { kamailioStatus, type KamailioStatus } from './parts/kamailio.ts';
import { isServiceReady } from './parts/service.ts';
import { portNames, type StackPorts } from './ports.ts';
import { Progress } from './progress.ts';
import { RestClient } from './rest-client.ts';
import { ensureSecrets, type StackSecrets } from './secrets.ts';
import type { Environment, ServiceName } from './service-environment.ts';
import { StackControl } from './stack-control.ts';
import type { PartName } from './stack-parts.ts';
import { runSteps } from './steps.ts';
import { Supervisor } from './supervisor.ts';
import { dropData, testFolder } from './test-folders.ts';
import { waitFor } from './wait-for.ts';

export type { PartName } from './stack-parts.ts';

export interface StackOptions {
  /** users 1001 to 1003 with a plan (tools/stack/demo-site.ts); true unless told */
  readonly demoSite?: boolean;
  readonly asking?: 'evapi' | 'http';
  /** quick unless told; durable: what Cassandra has acknowledged is there after its kill */
  readonly commitLog?: StackLayout['commitLog'];
}

/** The whole stack for tests: own folder, own ports on loopback, real parts, each under control by name. */
export class TestStack {
  readonly #supervisor: Supervisor;
  readonly #control: StackControl;
  readonly #folder: string;

  private constructor(folder: string, layout: StackLayout) {
    this.#folder = folder;
    this.#supervisor = new Supervisor({ owner: folder, logDir: logDirOf(layout), onDeath: (_, message) => console.error(message) });
    this.#control = new StackControl(this.#supervisor, layout);
  }

  static async start(options: StackOptions = {}): Promise<TestStack> {
    started += 1;
    const folder = await testFolder(`e2e${started}`);
    const layout: StackLayout = {
      dataDir: folder,
      ports: await freePorts(),
      secrets: ensureSecrets(secretsFileOf(folder)),
      commitLog: options.commitLog ?? 'quick',
      asking: options.asking ?? 'evapi',
    };
    const stack = new TestStack(folder, layout);
    try {
      await stack.#boot(options.demoSite ?? true);
    } catch (error) {
      await stack.close();
      throw error;
    }
    return stack;
  }

  get layout(): StackLayout {
    return this.#control.layout;
  }

  get ports(): StackPorts {
    return this.layout.ports;
  }

  get secrets(): StackSecrets {
    return this.layout.secrets;
  }

  get urls(): { gateway: string; dialPlan: { A: string; B: string }; management: Record<ServiceName, string>; credentialDoor: string; phoneFiles: string } {
    const { ports } = this.layout;
    return {
      gateway: httpUrl(ports.gatewayHttp),
      dialPlan: { A: `${httpUrl(ports.dialPlanAHttp)}/${switchName}`, B: `${httpUrl(ports.dialPlanBHttp)}/${switchName}` },
      management: {
        provisioning: httpUrl(ports.provisioningManagement),
        'dial-plan-A': httpUrl(ports.dialPlanAManagement),
        'dial-plan-B': httpUrl(ports.dialPlanBManagement),
        voicemail: httpUrl(ports.voicemailManagement),
        'device-management': httpUrl(ports.devicesManagement),
        gateway: httpUrl(ports.gatewayManagement),
      },
      credentialDoor: httpUrl(ports.credentialDoor),
      phoneFiles: phoneFilesUrl(this.layout),
    };
  }

  get sip(): { address: string; port: number; domain: string; trunk: string; emergencyTrunk: string } {
    return { address, port: this.ports.sip, domain: sipDomain, trunk: hostPort(this.ports.trunk), emergencyTrunk: hostPort(this.ports.emergencyTrunk) };
  }

  get cassandra(): { contactPoint: string; dc: string } {
    return { contactPoint: hostPort(this.ports.cassandra), dc: 'site-a' };
  }

  get kafka(): { brokers: string } {
    return { brokers: hostPort(this.ports.kafka) };
  }

  /** A REST client signed in as the first administrator. */
  async administrator(): Promise<RestClient> {
    const client = new RestClient(this.urls.gateway);
    await client.signIn('admin', this.secrets.adminPassword);
    return client;
  }

  /** Orderly end (SIGTERM, SIGKILL after its limit). */
  stop(name: PartName): Promise<void> {
    return this.#control.stop(name);
  }

  /** Does nothing when it runs; services are live then, not yet ready. `env` is added for this run. */
  start(name: PartName, env?: Environment): Promise<void> {
    return this.#control.start(name, env);
  }

  signal(name: PartName, signal: NodeJS.Signals): Promise<void> {
    return this.#control.signal(name, signal);
  }

  /** SIGKILL to the part and all it forked; resolves when it is gone. */
  kill(name: PartName): Promise<void> {
    return this.signal(name, 'SIGKILL');
  }

  /** SIGSTOP: it holds its sockets and does nothing. */
  pause(name: PartName): Promise<void> {
    return this.signal(name, 'SIGSTOP');
  }

  resume(name: PartName): Promise<void> {
    return this.signal(name, 'SIGCONT');
  }

  async restart(name: PartName, env?: Environment): Promise<void> {
    await this.stop(name);
    await this.start(name, env);
  }

  /** Resolves when a part has ended by itself. */
  untilEnded(name: PartName, limitMs = 20_000): Promise<boolean> {
    return waitFor(() => !this.#supervisor.isRunning(name), { what: `${name} has ended`, limitMs, intervalMs: 20 });
  }

  untilReady(name: ServiceName, limitMs = 30_000): Promise<boolean> {
    return waitFor(() => isServiceReady(name, this.layout), { what: `${name} is ready (its log: ${this.logOf(name)})`, limitMs, intervalMs: 50 });
  }

  kamailioStatus(): Promise<KamailioStatus | undefined> {
    return kamailioStatus(this.layout);
  }

  /** Until Kamailio counts so many healthy replicas. */
  untilReplicas(count: number, limitMs = 15_000): Promise<boolean> {
    const seen = async (): Promise<boolean> => (await this.kamailioStatus())?.replicas === count;
    return waitFor(seen, { what: `Kamailio sees ${count} replicas (its log: ${this.logOf('kamailio')})`, limitMs, intervalMs: 50 });
  }

  /** Restarts Kamailio and the replicas in the other way of asking. */
  async changeAsking(asking: 'evapi' | 'http'): Promise<void> {
    this.#control.useAsking(asking);
    for (const name of ['kamailio', 'dial-plan-A', 'dial-plan-B'] as const) await this.restart(name);
    await this.untilReplicas(2);
  }

  pidOf(name: PartName): number {
    return this.#supervisor.pidOf(name);
  }

  isRunning(name: PartName): boolean {
    return this.#supervisor.isRunning(name);
  }

  logOf(name: PartName): string {
    return this.#supervisor.logOf(name);
  }

  async close(): Promise<void> {
    await this.#supervisor.stopAll();
    dropData(this.#folder);
  }

  async #boot(demoSite: boolean): Promise<void> {
    const { layout, parts } = this.#control;
    const steps = bootSteps({ layout, parts, supervisor: this.#supervisor, progress: new Progress({ write: () => true }), build: false, demoSite });
    await runSteps(steps, () => this.#supervisor.cancel());
  }
}

let started = 0;
let shared: Promise<TestStack> | undefined;

export function startStack(options?: StackOptions): Promise<TestStack> {
  return TestStack.start(options);
}

/** One stack for this process, started at the first call; ends with the process. A test that breaks a part brings it back. */
export function sharedStack(): Promise<TestStack> {
  shared ??= startStack();
  return shared;
}

const RTP_PORTS = 200;

async function freePorts(): Promise<StackPorts> {
  const names = portNames();
  const found = await findFreePorts(names.length);
  const voicemailRtpFrom = await findFreeRange(RTP_PORTS);
  const single = Object.fromEntries(names.map((name, index) => [name, found[index] ?? 0])) as StackPorts;
  return { ...single, voicemailRtpFrom, voicemailRtpTo: voicemailRtpFrom + RTP_PORTS - 1 };
}
