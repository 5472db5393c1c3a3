import { identify, type Pack } from '@sfs/phone-config';
import type { Logger } from 'pino';
import type { Secret } from '@sfs/config';
import type { Configurations, OwnFile } from '../configurations/configurations.port.ts';
import { rightGeneration } from '../credentials/credentials.ts';
import type { KnownDevice, KnownDevices } from '../devices/known-devices.port.ts';
import type { Enrolment } from '../enrolment/enrolment.port.ts';
import type { Facts } from '../facts/facts.port.ts';
import { readBasic } from './basic-credential.ts';
import { networkOf } from './client-address.ts';
import { failureOf } from './failure.ts';
import { digitsIn, ProvedPhones } from './proved-phones.ts';
import { LIMITED, MISSING, UNAUTHORIZED, WRONG_CREDENTIAL, WRONG_METHOD, unavailable } from './replies.ts';
import { answerFile, etagOf, type FileConditions, type Reply } from './reply.ts';
import type { FileTarget } from './request-target.ts';
import type { SweepWatch } from './sweep-watch.ts';
import { Timeline, type Answered, type Asked } from './timeline.ts';

export interface PhoneRequest {
  readonly method: 'GET' | 'HEAD';
  readonly target: FileTarget;
  /** from whom; proxies of our own are looked through */
  readonly address: string;
  readonly userAgent: string;
  readonly authorization: string | undefined;
  readonly conditions: FileConditions;
}

export interface PhoneFilesParts {
  readonly packs: readonly Pack[];
  readonly known: KnownDevices;
  readonly enrolment: Enrolment;
  readonly facts: Facts;
  readonly configurations: Configurations;
  readonly sweeps: SweepWatch;
  readonly credentialKey: Secret;
  readonly log: Logger;
}

/** A request with all that is known of it before anybody is told. */
interface Ask extends Asked {
  readonly request: PhoneRequest;
}
/** The file of a device that may have it. */
interface OwnAsk extends Ask {
  readonly device: KnownDevice;
  /** with which credential; 0 = through its window */
  readonly generation: number;
}

const WARN_EVERY_MS = 10_000;
const BROKEN = 'the connection broke before the end';
const NOBODY: Readonly<Record<string, string>> = { userName: '', password: '' };

/** What a phone gets for a file it asks for. Nothing here waits unless a device's own file has to be rendered or its window be taken. */
export class PhoneFilesService {
  private readonly parts: PhoneFilesParts;
  private readonly timeline: Timeline;
  /** bodies that are served again and again; gone with them */
  private readonly tags = new WeakMap<Uint8Array, string>();
  private readonly proofs = new ProvedPhones();
  private silentUntil = 0;

  constructor(parts: PhoneFilesParts) {
    this.parts = parts;
    this.timeline = new Timeline(parts);
  }

  answer(request: PhoneRequest): Reply | Promise<Reply> {
    const proved = this.proved(request);
    if (proved) return this.own(proved);
    const ask = this.asked(request);
    const { mac, file } = ask.identity;
    if (mac !== undefined && (file === undefined || file.kind === 'own')) return this.answerOwn(ask, mac);
    return this.answerOpen(ask);
  }

  /** Anything but GET and HEAD. */
  refuseMethod(request: PhoneRequest): Reply {
    return this.said(this.asked(request), WRONG_METHOD);
  }

  /** Who was right with the same words before. */
  private proved(request: PhoneRequest): OwnAsk | undefined {
    const { authorization, target, address, userAgent } = request;
    if (authorization === undefined || !this.parts.known.isLoaded) return undefined;
    const device = this.parts.known.find(digitsIn(target.name));
    const proof = this.proofs.find(device, { authorization, fileName: target.name, userAgent });
    if (!proof || !device) return undefined;
    this.parts.sweeps.proved(networkOf(address), device.mac);
    return { request, target, address, userAgent, identity: proof.identity, device, generation: device.credentialGeneration };
  }

  private asked(request: PhoneRequest): Ask {
    const { target, address, userAgent } = request;
    return { request, target, address, userAgent, identity: identify(this.parts.packs, { fileName: target.name, userAgent }) };
  }

  /** Common and boot files; everything else is not there. */
  private answerOpen(ask: Ask): Reply {
    const { identity, target } = ask;
    const kind = identity.file?.kind;
    const file = kind === 'common' || kind === 'boot' ? this.parts.configurations.common(identity, target.name) : undefined;
    return file ? this.openFile(ask, file, 'common') : this.said(ask, MISSING);
  }

  /** Known or unknown: the same steps until it is certain that this is the device, or that its window is open. */
  private answerOwn(ask: Ask, mac: string): Reply | Promise<Reply> {
    const { known, sweeps, enrolment } = this.parts;
    // Before the devices are read nobody knows who is enrolled: a bootstrap would be the wrong file.
    if (!known.isLoaded) return unavailable();
    const { address, request } = ask;
    const device = known.find(mac);
    const generation = this.generationOf(request.authorization, mac, device);
    if (device !== undefined && generation > 0) {
      sweeps.proved(networkOf(address), mac);
      if (!this.namesOwn(ask, device)) return this.said(ask, MISSING);
      this.keepProof(ask, device, generation);
      return this.own({ ...ask, device, generation });
    }
    if (this.isLimited(ask, mac)) return this.said(ask, LIMITED);
    const mayEnrol = !request.target.enrolled && request.method === 'GET';
    if (mayEnrol && enrolment.isOpen(mac, address) && device !== undefined && this.namesOwn(ask, device)) return this.enrol({ ...ask, device, generation: 0 });
    return this.withoutCredential(ask);
  }

  private keepProof({ request, identity }: Ask, device: KnownDevice, generation: number): void {
    const { authorization, target, userAgent } = request;
    if (authorization !== undefined && generation === device.credentialGeneration) this.proofs.keep(device, { authorization, fileName: target.name, userAgent, identity });
  }

  private generationOf(authorization: string | undefined, mac: string, device: KnownDevice | undefined): number {
    if (authorization === undefined) return 0;
    const { userName = '', password = '' } = readBasic(authorization) ?? NOBODY;
    return rightGeneration(this.parts.credentialKey, { mac, userName, password }, device, this.parts.facts.usedGeneration(mac));
  }

  /** A MAC that no vendor is known for reads as several packs' names: the device's own pack decides then. */
  private namesOwn({ identity, target, userAgent }: Ask, { vendor }: KnownDevice): boolean {
    if (identity.file !== undefined) return identity.file.kind === 'own';
    return identify(this.parts.packs.filter(({ id }) => id === vendor), { fileName: target.name, userAgent }).file?.kind === 'own';
  }

  /**
   * Below `enrolled/` a phone asks once without its credential before it shows it: that yields nothing and is no sweep, or a house full of phones would be
   * limited after each power cut.
   */
  private isLimited({ request, address }: Ask, mac: string): boolean {
    if (request.target.enrolled && request.authorization === undefined) return false;
    const { limited, began } = this.parts.sweeps.asked(networkOf(address), mac);
    if (began) for (const sweep of this.parts.sweeps.report()) this.parts.facts.swept(sweep);
    return limited;
  }

  private withoutCredential(ask: Ask): Reply {
    const { identity, target, request } = ask;
    const isWrong = request.authorization !== undefined;
    if (identity.file === undefined) return this.said(ask, MISSING);
    if (target.enrolled) return this.said(ask, isWrong ? WRONG_CREDENTIAL : UNAUTHORIZED);
    return this.openFile(ask, this.parts.configurations.bootstrap(identity, target.name), isWrong ? 'wrong-credential' : 'bootstrap');
  }

  private openFile(ask: Ask, { body, contentType }: { body: Uint8Array; contentType: string }, outcome: 'bootstrap' | 'wrong-credential' | 'common'): Reply {
    const answer = answerFile({ body, contentType, etag: this.tagOf(body), lastModified: '' }, ask.request.method, ask.request.conditions);
    const note = { status: answer.status, outcome, sizeBytes: answer.body?.byteLength ?? 0 };
    return { ...answer, outcome, settled: () => (outcome === 'common' ? this.timeline.note(ask, note) : this.timeline.noteOrWait(ask, note)) };
  }

  private own(ask: OwnAsk): Reply | Promise<Reply> {
    const cached = this.parts.configurations.cached(ask.device.mac);
    if (cached) return this.ownFile(ask, cached);
    return this.parts.configurations.ownFile(ask.device.mac).then(
      (file) => this.ownFile(ask, file),
      (error: unknown) => this.failed(ask, error),
    );
  }

  private ownFile(ask: OwnAsk, file: OwnFile): Reply {
    const { device, generation, request } = ask;
    const answer = answerFile(file, request.method, request.conditions);
    const outcome = answer.status === 304 ? 'unchanged' : 'credential';
    const isFetch = request.method === 'GET' && (answer.status === 200 || answer.status === 304);
    return {
      ...answer,
      outcome,
      settled: (complete) => {
        if (isFetch && complete) this.parts.facts.fetched({ tenant: device.tenant, mac: device.mac, revision: file.revision, generation });
        this.timeline.note(ask, { status: answer.status, outcome, sizeBytes: answer.body?.byteLength ?? 0, revision: file.revision, ...(complete ? {} : { hint: BROKEN }) });
      },
    };
  }

  /** One of any number of phones with this MAC takes the window; it stays taken when the whole file went out. */
  private async enrol(ask: OwnAsk): Promise<Reply> {
    const { device, address } = ask;
    const { enrolment, configurations } = this.parts;
    if (!(await enrolment.take(device.mac, address))) return this.withoutCredential(ask);
    try {
      return this.windowFile(ask, configurations.cached(device.mac) ?? (await configurations.ownFile(device.mac)));
    } catch (error) {
      await enrolment.giveBack(device.mac);
      return this.failed(ask, error);
    }
  }

  private windowFile(ask: OwnAsk, file: OwnFile): Reply {
    const { device } = ask;
    const { enrolment, facts } = this.parts;
    const answer = answerFile(file, 'GET');
    return {
      ...answer,
      outcome: 'window',
      settled: (complete) => {
        if (complete) facts.fetched({ tenant: device.tenant, mac: device.mac, revision: file.revision, generation: 0 });
        this.timeline.note(ask, { status: answer.status, outcome: 'window', sizeBytes: file.body.byteLength, revision: file.revision, ...(complete ? {} : { hint: `${BROKEN}: the window stays open` }) });
        void (complete ? enrolment.used(device.mac) : enrolment.giveBack(device.mac));
      },
    };
  }

  /** Never a bootstrap: the phone would forget what it has. */
  private failed(ask: OwnAsk, error: unknown): Reply {
    const { isMissing, hint } = failureOf(error);
    if (!isMissing) this.warn(error, ask.device.mac);
    const reply = isMissing ? MISSING : unavailable();
    return { ...reply, settled: () => this.timeline.note(ask, { status: reply.status, outcome: isMissing ? 'missing' : 'refused', hint }) };
  }

  /** A fleet fails together: one line stands for all of its phones. */
  private warn(error: unknown, mac: string): void {
    const now = Date.now();
    if (now < this.silentUntil) return;
    this.silentUntil = now + WARN_EVERY_MS;
    this.parts.log.warn({ err: error, mac }, 'an own file could not be rendered; further ones within 10 s are not logged');
  }

  private said(ask: Ask, reply: Reply): Reply {
    const { status, outcome } = reply;
    return { ...reply, settled: () => this.timeline.note(ask, { status, outcome: outcome as Answered['outcome'], sizeBytes: reply.body?.byteLength ?? 0 }) };
  }

  private tagOf(body: Uint8Array): string {
    const known = this.tags.get(body);
    if (known !== undefined) return known;
    const tag = etagOf(body);
    this.tags.set(body, tag);
    return tag;
  }
}
