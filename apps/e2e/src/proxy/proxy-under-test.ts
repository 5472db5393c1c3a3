import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePorts, ha1, startProcess, SipPhone, type PhoneOptions, type StartedProcess } from '@sfs/testing';
import { renderKamailio, type KamailioValues } from '../../../../deploy/kamailio/render.ts';

export const DOMAIN = 'site-a.example';
export const ADAPTER_TOKEN = 'adapter-token';
const DOOR_TOKEN = 'door-token';

export interface ProxyStatus {
  readonly fallbacks: number;
  readonly late: number;
  readonly registered: number;
  readonly replicas: number;
  readonly transactions: number;
}

/** A real Kamailio on free ports with its own folder, a trunk and the passwords of its phones (`pw-USER`). */
export class ProxyUnderTest {
  readonly values: KamailioValues;
  readonly #runDir: string;
  readonly #mode: 'evapi' | 'http';
  readonly #phones: SipPhone[] = [];
  readonly #registered: SipPhone[] = [];
  #process: StartedProcess | undefined;
  #past: StartedProcess | undefined;

  private constructor(values: KamailioValues, runDir: string, mode: 'evapi' | 'http') {
    this.values = values;
    this.#runDir = runDir;
    this.#mode = mode;
  }

  static async start(mode: 'evapi' | 'http' = 'evapi', more: Partial<KamailioValues> = {}): Promise<ProxyUnderTest> {
    const [sipPort, doorPort, evapiPort, trunkPort, secondTrunkPort, httpA, httpB] = (await freePorts(7)) as [number, number, number, number, number, number, number];
    const values: KamailioValues = {
      address: '127.0.0.1',
      sipPort,
      doorPort,
      evapiPort,
      domain: DOMAIN,
      switchName: 'site-a',
      doorToken: DOOR_TOKEN,
      adapterToken: ADAPTER_TOKEN,
      routeSecret: 'route-secret',
      trunks: [`127.0.0.1:${trunkPort}`, `127.0.0.1:${secondTrunkPort}`],
      replicas: [
        { name: 'A', url: `http://127.0.0.1:${httpA}` },
        { name: 'B', url: `http://127.0.0.1:${httpB}` },
      ],
      emergencyNumbers: ['112', '911'],
      emergencyTrunk: `127.0.0.1:${trunkPort}`,
      ...more,
    };
    const proxy = new ProxyUnderTest(values, mkdtempSync(join(tmpdir(), 'sfs-proxy-')), mode);
    await proxy.boot();
    return proxy;
  }

  get sip(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.values.sipPort };
  }

  get log(): string {
    return (this.#process ?? this.#past)?.output() ?? '';
  }

  /** Ports of the trunks' address group, the emergency trunk first. */
  get trunkPorts(): number[] {
    return this.values.trunks.map((each) => Number(each.split(':')[1]));
  }

  async boot(): Promise<void> {
    const { command, args } = renderKamailio({ runDir: this.#runDir, values: this.values, mode: this.#mode });
    const started = startProcess(command, args);
    this.#process = started;
    await eventually('Kamailio answering at its door', async () => (await this.#fetch('GET', '/status')).ok || undefined, 10_000).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${started.output().slice(-3000)}`);
    });
  }

  async status(): Promise<ProxyStatus> {
    return (await (await this.#fetch('GET', '/status')).json()) as ProxyStatus;
  }

  async untilReplicas(count: number): Promise<void> {
    await eventually(`${count} healthy replicas`, async () => (await this.status()).replicas === count || undefined);
  }

  /** A transaction stays for 5 s after its call; one that stays longer is lost for good. */
  async untilNothingIsLeft(): Promise<void> {
    await eventually('no transaction left', async () => (await this.status()).transactions === 0 || undefined, 15_000);
  }

  door(method: string, body: unknown, token = DOOR_TOKEN): Promise<Response> {
    return this.#fetch(method, '/cred', token, typeof body === 'string' ? body : JSON.stringify(body));
  }

  async allow(user: string, password = `pw-${user}`): Promise<void> {
    const response = await this.door('PUT', { user, ha1: ha1(user, DOMAIN, password) });
    if (!response.ok) throw new Error(`the door answers ${response.status} ${await response.text()}`);
  }

  /** Not registered; closed with the proxy. */
  async open(options: Partial<PhoneOptions> & { user: string }): Promise<SipPhone> {
    const phone = await SipPhone.open({ domain: DOMAIN, proxy: this.sip, password: `pw-${options.user}`, ...options });
    this.#phones.push(phone);
    return phone;
  }

  /** With a password, registered. */
  async phone(user: string, options: Partial<PhoneOptions> = {}): Promise<SipPhone> {
    await this.allow(user);
    const phone = await this.open({ user, ...options });
    const response = await phone.register();
    if (response.status !== 200) throw new Error(`REGISTER of ${user}: ${response.status} ${response.reason}`);
    this.#registered.push(phone);
    return phone;
  }

  /** Speaks from an address of the trunk group; index 0 is the emergency trunk. */
  trunk(index = 0, options: Partial<PhoneOptions> = {}): Promise<SipPhone> {
    return SipPhone.open({ user: 'trunk', domain: 'carrier.example', proxy: this.sip, port: this.trunkPorts[index] ?? 0, ...options }).then((trunk) => {
      this.#phones.push(trunk);
      return trunk;
    });
  }

  /** Ends phones and trunks opened so far, and takes every registration back. */
  async closePhones(): Promise<void> {
    const lost = (): undefined => undefined;
    await Promise.all(this.#registered.splice(0).map((each) => each.register({ contact: '*', expires: 0 }).catch(lost)));
    await Promise.all(this.#phones.splice(0).map((each) => each.close()));
  }

  async halt(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const started = this.#process;
    if (!started) return;
    this.#past = started;
    this.#process = undefined;
    if (signal === 'SIGKILL') started.signal('SIGKILL');
    await started.end();
  }

  async stop(): Promise<void> {
    await this.closePhones();
    await this.halt();
    rmSync(this.#runDir, { recursive: true, force: true });
  }

  #fetch(method: string, path: string, token = DOOR_TOKEN, body?: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.values.doorPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, connection: 'close' },
      ...(body === undefined ? {} : { body }),
    });
  }
}
