import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { redacted, type Secret } from '@sfs/config';
import { STARTING, stopping, type Health } from './health.ts';
import { isLoopback, type HostConfig } from './host-config.ts';
import { createLog } from './log.ts';
import { openManagement } from './management-server.ts';
import { processPort, type ProcessPort } from './process-port.ts';

export interface ServiceHost {
  readonly log: Logger;
  readonly metrics: Registry;
  /** Call it when going on makes no sense: the process drains and exits with 1. */
  onFatal(error: unknown): void;
}

export interface RunningService {
  health(): Health;
  /** Stop taking work, finish what was taken. */
  drain(): Promise<void>;
  /** Close what is left: sessions, files. */
  stop(): Promise<void>;
}

export type Build = (host: ServiceHost) => Promise<RunningService>;

export interface ServiceOptions {
  readonly name: string;
  readonly config: HostConfig;
  /** the whole configuration, for the first log line */
  readonly effective?: object;
  /** guards the management door off loopback */
  readonly token?: Secret | undefined;
  readonly build: Build;
  /** tests watch the exit instead of dying */
  readonly process?: ProcessPort;
  readonly log?: Logger;
  readonly stopWithinMs?: number;
}

const STOP_WITHIN_MS = 10_000;

/**
 * The only bootstrap. Management door first (live, not ready), then `build`, then ready. SIGTERM or SIGINT: not ready, drain, stop, exit 0;
 * a second signal exits at once; what takes longer than 10 s is cut off with exit 1.
 */
export async function runService(options: ServiceOptions): Promise<void> {
  const run = new Run(options);
  await run.start();
}

class Run {
  private readonly options: ServiceOptions;
  private readonly port: ProcessPort;
  private readonly log: Logger;
  private readonly metrics = new Registry();
  private management: Server | undefined;
  private service: RunningService | undefined;
  private ending: Promise<void> | undefined;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.port = options.process ?? processPort;
    this.log = options.log ?? createLog(options.name, options.config);
  }

  async start(): Promise<void> {
    const { name, config, effective } = this.options;
    this.log.info({ config: redacted(effective ?? config), pid: process.pid, node: process.version }, `${name} starts`);
    this.port.onSignal((signal) => this.signalled(signal));
    this.port.onCrash((error) => this.crashed(error));
    // each 100 ms, not each 10: a process that only watches its own clock took 0.2 % of a core for it
    collectDefaultMetrics({ register: this.metrics, eventLoopMonitoringPrecision: 100 });
    try {
      this.management = await this.openManagement();
      this.service = await this.options.build({ log: this.log, metrics: this.metrics, onFatal: (error) => this.fatal(error) });
      this.log.info({ managementPort: config.managementPort }, `${name} serves`);
    } catch (error) {
      this.log.fatal({ err: error }, `${name} cannot start: ${error instanceof Error ? error.message : String(error)}`);
      this.port.exit(1);
    }
  }

  private openManagement(): Promise<Server> {
    const { name, config, token } = this.options;
    return openManagement({
      host: config.host,
      port: config.managementPort,
      service: { name, site: config.site, instance: config.instance },
      metrics: this.metrics,
      log: this.log,
      token: isLoopback(config.host) ? undefined : token?.reveal(),
      health: () => this.health(),
    });
  }

  private health(): Health {
    const health = this.service?.health() ?? STARTING;
    return this.ending ? stopping(health) : health;
  }

  private signalled(signal: string): void {
    if (this.ending) {
      this.log.warn({ signal }, 'second signal: exits at once');
      this.port.exit(1);
      return;
    }
    this.log.info({ signal }, 'stops');
    this.end(0);
  }

  private fatal(error: unknown): void {
    this.log.fatal({ err: error }, 'cannot go on');
    if (!this.ending) this.end(1);
  }

  private crashed(error: unknown): void {
    // State is unknown after an uncaught error: what was committed is safe in the stores, so leave without draining.
    this.log.fatal({ err: error }, 'uncaught error');
    this.port.exit(1);
  }

  private end(code: number): void {
    const withinMs = this.options.stopWithinMs ?? STOP_WITHIN_MS;
    const cutOff = setTimeout(() => {
      this.log.error({ withinMs }, 'did not stop in time: cut off');
      this.port.exit(1);
    }, withinMs);
    this.ending = this.close().then(
      () => this.left(cutOff, code),
      (error: unknown) => {
        this.log.error({ err: error }, 'failed while stopping');
        this.left(cutOff, 1);
      },
    );
  }

  private left(cutOff: NodeJS.Timeout, code: number): void {
    clearTimeout(cutOff);
    this.log.info({ code }, 'stopped');
    this.port.exit(code);
  }

  private async close(): Promise<void> {
    await this.service?.drain();
    await this.service?.stop();
    this.management?.closeAllConnections();
    this.management?.close();
  }
}
