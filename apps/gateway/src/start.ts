import { connectCassandra, cassandraOptions, type CqlSession, requireSchema } from '@sfs/cassandra';
import type { Overview } from '@sfs/rest-contract';
import { type Check, type Health, isLoopback, type RunningService, type ServiceHost } from '@sfs/service-host';
import { connectNeighbours, type Neighbours } from './clients/clients.ts';
import { type GatewayConfig, originsOf } from './config.ts';
import { openGateway, type OpenGateway } from './gateway.http.ts';
import { neighbourChecks } from './neighbour-checks.ts';

const SCHEMA_VERSION = 1;
const RETRY_MS = 1_000;

/** The accounts store may be away at start: the door listens, is not ready, and goes on when it comes. */
export async function startGateway(config: GatewayConfig, host: ServiceHost): Promise<RunningService> {
  const session = connectCassandra({ ...cassandraOptions(config), log: host.log });
  const neighbours = connectNeighbours({
    provisioning: config.SFS_GATEWAY_PROVISIONING,
    dialPlan: config.SFS_GATEWAY_DIALPLAN,
    voicemail: config.SFS_GATEWAY_VOICEMAIL,
    devices: config.SFS_GATEWAY_DEVICES,
    token: config.SFS_SERVICE_TOKEN?.reveal(),
  });
  const preparation = new Preparation(config, host, session);
  const health = (): Health => healthOf(session, preparation, neighbours);
  const gateway = await openGateway(
    {
      session,
      neighbours,
      pepper: config.SFS_GATEWAY_PEPPER.reveal(),
      services: config.SFS_GATEWAY_SERVICES,
      serviceToken: config.SFS_SERVICE_TOKEN?.reveal(),
      ownState: () => ownState(config, health()),
      now: () => Date.now(),
    },
    {
      host: config.SFS_HOST,
      port: config.SFS_GATEWAY_HTTP_PORT,
      origins: originsOf(config),
      uiDir: config.SFS_GATEWAY_UI_DIR,
      trustedProxies: config.SFS_GATEWAY_TRUSTED_PROXIES,
      requestTimeoutMs: config.SFS_GATEWAY_REQUEST_TIMEOUT_MS,
      log: host.log,
      metrics: host.metrics,
    },
  );
  warnOfClearText(config, host);
  void preparation.run(gateway);
  return {
    health,
    drain: () => gateway.close(),
    stop: async () => {
      preparation.stop();
      neighbours.close();
      await session.close();
    },
  };
}

/** Schema gate and first administrator, tried until the store is there. */
class Preparation {
  detail = 'not reached yet';
  done = false;
  readonly #config: GatewayConfig;
  readonly #host: ServiceHost;
  readonly #session: CqlSession;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(config: GatewayConfig, host: ServiceHost, session: CqlSession) {
    this.#config = config;
    this.#host = host;
    this.#session = session;
  }

  async run(gateway: OpenGateway): Promise<void> {
    try {
      await requireSchema(this.#session, this.#config.SFS_CASSANDRA_KEYSPACE, SCHEMA_VERSION);
      const password = this.#config.SFS_GATEWAY_BOOTSTRAP_PASSWORD;
      if (password && (await gateway.accounts.ensureFirst('admin', password.reveal())) === 'created') this.#host.log.info({ login: 'admin' }, 'first administrator created');
      this.done = true;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (detail !== this.detail) this.#host.log.warn({ cause: detail }, 'accounts cannot be reached, trying again');
      this.detail = detail;
      if (!this.#stopped) this.#timer = setTimeout(() => void this.run(gateway), RETRY_MS);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}

/** Ready = people can sign in. What a neighbour cannot do is told, and degrades only its own routes. */
function healthOf(session: CqlSession, preparation: Preparation, neighbours: Neighbours): Health {
  const ready = session.connected && preparation.done;
  const detail = ready ? 'connected' : session.connected ? preparation.detail : 'no node of this site can be reached';
  const accounts: Check = { name: 'accounts', ok: ready, detail };
  return { ready, checks: [accounts, ...neighbourChecks(neighbours)] };
}

function warnOfClearText(config: GatewayConfig, { log }: ServiceHost): void {
  if (isLoopback(config.SFS_HOST) || originsOf(config).every((origin) => origin.startsWith('https://'))) return;
  log.warn({ host: config.SFS_HOST }, 'passwords travel in clear: put TLS in front and set SFS_GATEWAY_ORIGINS to https');
}

function ownState(config: GatewayConfig, { ready, checks }: Health): Overview['services'][number] {
  return { service: 'gateway', instance: config.SFS_INSTANCE, alive: true, ready, checks: checks.map(({ name, ok, detail }) => ({ name, ok, detail })) };
}
