import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { SessionCommand, SessionReport, WorkerSetup } from './messages.ts';
import { RtpSession } from './rtp-session.ts';
import { SpacingHistogram } from './spacing.ts';
import { Ticker } from './ticker.ts';

export type Report = (session: number, report: SessionReport, transfer?: readonly ArrayBuffer[]) => void;

interface Entry {
  readonly socket: Socket;
  readonly session: RtpSession;
}

/** All sessions of one worker, and the clock they share. */
export class SessionTable {
  readonly spacing = new SpacingHistogram();
  private readonly setup: WorkerSetup;
  private readonly report: Report;
  private readonly entries = new Map<number, Entry>();
  private readonly ticker = new Ticker((now) => {
    for (const { session } of this.entries.values()) session.tick(now);
  });

  constructor(setup: WorkerSetup, report: Report) {
    this.setup = setup;
    this.report = report;
  }

  async obey(id: number, command: SessionCommand): Promise<void> {
    if (command.kind === 'open') return this.open(id, command.port);
    if (command.kind === 'close') return this.close(id);
    this.entries.get(id)?.session.obey(command);
  }

  private async open(id: number, port: number): Promise<void> {
    const socket = createSocket({
      type: isIPv6(this.setup.host) ? 'udp6' : 'udp4',
      lookup: (address, _options, done) => done(null, address, isIPv6(address) ? 6 : 4), // addresses only: at once, else packets overtake each other
    });
    try {
      const listening = once(socket, 'listening');
      socket.bind(port, this.setup.host);
      await listening;
    } catch (error) {
      this.report(id, { kind: 'refused', code: codeOf(error) });
      return;
    }
    const session = new RtpSession(socket, this.setup, this.spacing, (event, transfer) => this.report(id, { kind: 'event', event }, transfer));
    this.entries.set(id, { socket, session });
    this.ticker.start();
    this.report(id, { kind: 'opened' });
  }

  private async close(id: number): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    if (this.entries.size === 0) this.ticker.stop();
    const packets = entry.session.close();
    const closed = once(entry.socket, 'close');
    entry.socket.close();
    await closed;
    this.report(id, { kind: 'closed', packets });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
