import { connect, type Socket } from 'node:net';
import type { Logger } from 'pino';
import { checkQuestion } from '../decision/check-question.ts';
import type { DecisionService } from '../decision/decision.service.ts';
import type { Question } from '../decision/question.ts';
import type { SwitchBoard } from '../decision/switch-board.ts';
import { frame, FrameReader } from './netstring.ts';

export interface AdapterParts {
  readonly switchId: string;
  /** evapi port of the switch's proxy */
  readonly host: string;
  readonly port: number;
  /** this replica's name, as the proxy knows it */
  readonly name: string;
  readonly token: string;
  readonly board: SwitchBoard;
  readonly decisions: DecisionService;
  readonly log: Logger;
}

const REDIAL_MS = 250;
const BEAT_MS = 200;
/** Kamailio closes the connection on a frame of 32 kB and more. */
const MAX_PLAN_BYTES = 16_384;

interface Frame {
  readonly t?: unknown;
  readonly tx?: unknown;
}

/**
 * Dials out to one proxy and answers its questions. Beats come from the event loop that decides and only while it can decide:
 * a stuck replica falls silent and is not asked.
 */
export class AdapterClient {
  private readonly parts: AdapterParts;
  private readonly beat: NodeJS.Timeout;
  private socket: Socket | undefined;
  private redial: NodeJS.Timeout | undefined;
  private stopped = false;
  private draining = false;
  private greeted = false;
  private complained = false;
  answered = 0;
  registrations = 0;

  constructor(parts: AdapterParts) {
    this.parts = parts;
    this.beat = setInterval(() => this.sendBeat(), BEAT_MS);
    this.dial();
  }

  get switchId(): string {
    return this.parts.switchId;
  }

  get connected(): boolean {
    return this.greeted;
  }

  /** No new questions from now on; those under way are answered. */
  drain(): void {
    this.draining = true;
    this.write({ t: 'bye' });
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.beat);
    clearTimeout(this.redial);
    this.socket?.destroy();
  }

  private dial(): void {
    const { host, port, name, token, switchId, log } = this.parts;
    const reader = new FrameReader();
    const socket = connect({ host, port, noDelay: true });
    this.socket = socket;
    socket.on('connect', () => {
      this.greeted = true;
      this.complained = false;
      log.info({ switchId, host, port }, 'adapter connected');
      this.write({ t: 'hello', name, token });
      this.sendBeat();
    });
    socket.on('data', (chunk) => this.received(reader, chunk));
    socket.on('error', (error) => this.complain(error));
    socket.on('close', () => {
      if (this.greeted) log.warn({ switchId, host, port }, 'adapter connection lost');
      this.greeted = false;
      if (!this.stopped) this.redial = setTimeout(() => this.dial(), REDIAL_MS);
    });
  }

  private complain(error: Error): void {
    // Once per outage: it redials four times a second.
    if (!this.complained) this.parts.log.warn({ switchId: this.parts.switchId, err: error }, 'adapter cannot reach the proxy');
    this.complained = true;
  }

  private sendBeat(): void {
    if (this.greeted && !this.draining && this.parts.board.find(this.parts.switchId)) this.write({ t: 'beat' });
  }

  private received(reader: FrameReader, chunk: Buffer): void {
    let frames: string[];
    try {
      frames = reader.read(chunk);
    } catch (error) {
      this.parts.log.error({ switchId: this.parts.switchId, err: error }, 'adapter stream is broken');
      this.socket?.destroy();
      return;
    }
    for (const text of frames) this.handle(text);
  }

  private handle(text: string): void {
    let asked: Frame;
    try {
      asked = JSON.parse(text) as Frame;
    } catch {
      this.parts.log.warn({ switchId: this.parts.switchId }, 'adapter frame is not JSON');
      return;
    }
    if (asked?.t === 'reg') this.registrations++;
    else if (asked?.t === 'ask' && typeof asked.tx === 'string' && asked.tx.length <= 64) this.ask(asked, asked.tx);
  }

  private ask(asked: Frame, tx: string): void {
    const { board, decisions, switchId, log } = this.parts;
    const at = board.find(switchId);
    if (!at) return this.refuse(tx, board.refusal(switchId));
    const fault = checkQuestion(asked);
    if (fault) return this.refuse(tx, fault);
    try {
      decisions.plan(at, asked as unknown as Question, tx, (json) => this.sendPlan(tx, json));
      this.answered++;
    } catch (error) {
      log.error({ err: error, switchId, tx }, 'decision failed');
      this.refuse(tx, { status: 500, code: 'internal', message: 'the decision failed' });
    }
  }

  private sendPlan(tx: string, json: string): void {
    if (json.length > MAX_PLAN_BYTES) throw new Error(`the plan has ${json.length} characters, the proxy takes ${MAX_PLAN_BYTES}`);
    // The pair of ids comes first: the proxy finds it before it parses the plan.
    this.socket?.write(frame(`{"t":"plan","tx":${JSON.stringify(tx)},"code":200,"plan":${json}}`));
  }

  private refuse(tx: string, why: { status: number; code: string; message: string }): void {
    this.write({ t: 'plan', tx, code: why.status, error: { code: why.code, message: why.message } });
    this.parts.decisions.refuse({ switchId: this.parts.switchId, status: why.status, code: why.code, message: why.message, callId: '', from: '', to: '' });
  }

  private write(message: object): void {
    if (this.greeted) this.socket?.write(frame(JSON.stringify(message)));
  }
}
