import { BYTES_PER_MS } from './codec.ts';
import { deferred } from './deferred.ts';
import type { SessionCommand } from './messages.ts';
import type { Clip, MediaEvent, MediaSession, PacketCounts, RecordingLimits, RemoteMedia } from './session.ts';

/** A session as its user sees it: the work is done in a worker. */
export class SessionProxy implements MediaSession {
  readonly host: string;
  readonly port: number;
  onEvent: (event: MediaEvent) => void = () => undefined;
  private readonly command: (command: SessionCommand) => void;
  private readonly closing = deferred<PacketCounts>();
  private readonly over: () => void;
  private isClosing = false;
  private recording: number | undefined;
  private recordedBytes = 0;

  constructor(host: string, port: number, command: (command: SessionCommand) => void, over: () => void) {
    this.host = host;
    this.port = port;
    this.command = command;
    this.over = over;
  }

  connect(remote: RemoteMedia): void {
    this.tell({ kind: 'connect', remote });
  }

  play(id: number, clips: readonly Clip[]): void {
    this.tell({ kind: 'play', id, clips });
  }

  stopPlaying(): void {
    this.tell({ kind: 'stop-playing' });
  }

  record(id: number, limits: RecordingLimits): void {
    this.tell({ kind: 'record', id, limits });
  }

  stopRecording(): void {
    this.tell({ kind: 'stop-recording' });
  }

  close(): Promise<PacketCounts> {
    this.tell({ kind: 'close' });
    this.isClosing = true;
    return this.closing.promise;
  }

  receive(event: MediaEvent): void {
    if (event.kind === 'audio') {
      if (this.recording !== event.id) this.recordedBytes = 0;
      this.recording = event.id;
      this.recordedBytes += event.audio.length;
    }
    if (event.kind === 'recorded') this.recording = undefined;
    this.onEvent(event);
  }

  closed(packets: PacketCounts): void {
    this.isClosing = true;
    this.over();
    this.closing.resolve(packets);
  }

  /** The worker is gone: what has come of a recording is all there is of it. */
  lost(): void {
    if (this.recording !== undefined) {
      const durationMs = Math.round(this.recordedBytes / BYTES_PER_MS);
      this.receive({ kind: 'recorded', id: this.recording, stats: { durationMs, speechMs: durationMs, packetsLost: 0, packetsReceived: 0, endedBy: 'closed' } });
    }
    if (!this.isClosing) this.receive({ kind: 'lost' });
    this.closed({ received: 0, sent: 0, dropped: 0 });
  }

  private tell(command: SessionCommand): void {
    if (!this.isClosing) this.command(command);
  }
}
