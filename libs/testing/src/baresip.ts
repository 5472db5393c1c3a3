import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-port.ts';
import { contains, linear, pcmOf, wavOf } from './rtp/wav-of-ulaw.ts';
import { startProcess, type StartedProcess } from './started-process.ts';
import { Arrivals, eventually } from './waits.ts';

const HOST = '127.0.0.1';
const ATTEMPTS = 5;
/** Of Debian's baresip-core; where they lie is told by the first that is there. */
const MODULES = ['account', 'g711', 'aubridge', 'aufile', 'sndfile', 'ctrl_tcp', 'menu'];

export interface BaresipOptions {
  /** a line of its accounts file, for example `<sip:1001@site-a.example;transport=tcp>;outbound="sip:127.0.0.1:5060";auth_pass=secret;regint=60` */
  readonly account: string;
  /** what it says when a call is up, G.711 mu-law; it hangs up when all is said. Without: nothing */
  readonly says?: Uint8Array;
}

/** As its control socket tells it: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED, … */
export interface BaresipEvent {
  readonly type: string;
  readonly param?: string;
  readonly accountaor?: string;
}

/** baresip 1.0, a softphone that nobody of us wrote: bound to the loopback, driven over its control socket, its ears a file. */
export class Baresip {
  readonly events = new Arrivals<BaresipEvent>((event) => `${event.type} ${event.param ?? ''}`);
  readonly sipPort: number;
  readonly #folder: string;
  readonly #process: StartedProcess;
  #control: Socket | undefined;
  #asked = 0;
  readonly #answers = new Arrivals<{ readonly token: string; readonly ok: boolean; readonly data: string }>((answer) => answer.token);

  private constructor(folder: string, sipPort: number) {
    this.#folder = folder;
    this.sipPort = sipPort;
    this.#process = startProcess('baresip', ['-f', folder]);
  }

  /** Takes other ports when its own are taken: it opens TLS at the port beside, which nobody can ask it to leave. */
  static async start(options: BaresipOptions): Promise<Baresip> {
    for (let attempt = 1; ; attempt += 1) {
      const started = await Baresip.#attempt(options);
      if (started instanceof Baresip) return started;
      if (attempt === ATTEMPTS || !started.includes('Address already in use')) throw new Error(`baresip did not start (package baresip-core): ${started.slice(-1000)}`);
    }
  }

  /** The phone, or what it printed before it ended. */
  static async #attempt({ account, says }: BaresipOptions): Promise<Baresip | string> {
    const folder = mkdtempSync(join(tmpdir(), 'sfs-baresip-'));
    const [sipPort = 0, controlPort = 0] = await freePorts(2);
    if (says) writeFileSync(join(folder, 'says.wav'), wavOf(says));
    writeFileSync(join(folder, 'config'), configOf({ folder, sipPort, controlPort, speaks: says !== undefined }));
    writeFileSync(join(folder, 'accounts'), `${account}\n`, { mode: 0o600 });
    writeFileSync(join(folder, 'contacts'), '');
    const phone = new Baresip(folder, sipPort);
    const opened = eventually('baresip opens its control socket', () => open(controlPort), 10_000).catch(() => undefined);
    const control = await Promise.race([opened, phone.#process.exited.then(() => undefined)]);
    if (control === undefined) {
      await phone.stop();
      return phone.output();
    }
    phone.#control = control;
    phone.#listen(control);
    return phone;
  }

  /** What it printed. */
  output(): string {
    return this.#process.output();
  }

  /** Resolves with what it answers; rejects when it refuses. */
  async command(command: string, params = ''): Promise<string> {
    const token = String((this.#asked += 1));
    const frame = JSON.stringify({ command, params, token });
    this.#control?.write(`${Buffer.byteLength(frame)}:${frame},`);
    const answer = await this.#answers.next(`the answer to ${command}`, 5000, (each) => each.token === token);
    if (!answer.ok) throw new Error(`baresip refuses ${command} ${params}: ${answer.data}`);
    return answer.data;
  }

  /** By what it printed: it may have registered before its control socket could tell. */
  async registered(limitMs = 10_000): Promise<void> {
    await eventually('baresip registers', () => / 200 OK .*\[\d+ bindings?\]/.test(this.output()) || undefined, limitMs);
  }

  /** Resolves when the other side has answered. */
  async dial(uri: string, limitMs = 10_000): Promise<void> {
    await this.command('dial', uri);
    await this.#next('CALL_ESTABLISHED', limitMs);
  }

  /** Takes the call that rings, or that will. */
  async answer(limitMs = 10_000): Promise<BaresipEvent> {
    const ringing = await this.#next('CALL_INCOMING', limitMs);
    await this.command('accept');
    await this.#next('CALL_ESTABLISHED', limitMs);
    return ringing;
  }

  async press(digit: string): Promise<void> {
    await this.command('sndcode', digit);
  }

  async hangUp(): Promise<void> {
    await this.command('hangup');
    await this.closed();
  }

  closed(limitMs = 10_000): Promise<BaresipEvent> {
    return this.#next('CALL_CLOSED', limitMs);
  }

  /** Whether this sound, G.711 mu-law, came out of its loudspeaker; known when the call is over. */
  heard(sound: Uint8Array): boolean {
    const name = readdirSync(this.#folder).find((each) => each.endsWith('-dec.wav'));
    return name !== undefined && contains(pcmOf(readFileSync(join(this.#folder, name))), Array.from(sound, linear));
  }

  async stop(): Promise<void> {
    this.#control?.destroy();
    await this.#process.end();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #next(type: string, limitMs: number): Promise<BaresipEvent> {
    return this.events.next(`${type} of baresip`, limitMs, (event) => event.type === type);
  }

  /** Frames are netstrings of one JSON each. */
  #listen(control: Socket): void {
    let rest = Buffer.alloc(0);
    control.on('error', () => undefined);
    control.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let colon = rest.indexOf(':'); colon > 0; colon = rest.indexOf(':')) {
        const end = colon + 1 + Number(rest.subarray(0, colon).toString());
        if (rest.length <= end) return;
        this.#take(JSON.parse(rest.subarray(colon + 1, end).toString()) as Record<string, unknown>);
        rest = rest.subarray(end + 1);
      }
    });
  }

  #take(frame: Record<string, unknown>): void {
    if (frame['event'] === true) this.events.push(frame as unknown as BaresipEvent);
    else this.#answers.push(frame as never);
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, HOST);
  await once(socket, 'connect');
  return socket;
}

interface Places {
  readonly folder: string;
  readonly sipPort: number;
  readonly controlPort: number;
  readonly speaks: boolean;
}

/** net_interface takes an address too: without it the loopback is passed over. */
function configOf({ folder, sipPort, controlPort, speaks }: Places): string {
  return [
    'poll_method epoll',
    `net_interface ${HOST}`,
    `sip_listen ${HOST}:${sipPort}`,
    `ctrl_tcp_listen ${HOST}:${controlPort}`,
    'call_max_calls 4',
    `audio_source ${speaks ? `aufile,${folder}/says.wav` : 'aubridge,nil'}`,
    'audio_player aubridge,nil',
    'audio_alert aubridge,nil',
    `snd_path ${folder}`,
    `module_path ${moduleFolder()}`,
    ...MODULES.map((name) => `module ${name}.so`),
    '',
  ].join('\n');
}

function moduleFolder(): string {
  const folders = ['/usr/lib/baresip/modules', '/usr/lib/x86_64-linux-gnu/baresip/modules', '/usr/lib/aarch64-linux-gnu/baresip/modules'];
  return folders.find((folder) => hasModules(folder)) ?? '/usr/lib/baresip/modules';
}

function hasModules(folder: string): boolean {
  try {
    return readdirSync(folder).includes('ctrl_tcp.so');
  } catch {
    return false;
  }
}
