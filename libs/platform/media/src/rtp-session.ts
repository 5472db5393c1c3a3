import type { RemoteInfo, Socket } from 'node:dgram';
import { Listener } from './listener.ts';
import type { SessionCommand, WorkerSetup } from './messages.ts';
import { Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { hasMoved, isExpectedToSend, mayBeSentTo } from './remote.ts';
import { payloadStart } from './rtp-packet.ts';
import type { MediaEvent, PacketCounts, RemoteMedia } from './session.ts';
import type { SpacingHistogram } from './spacing.ts';
import { Talker } from './talker.ts';

export type Emit = (event: MediaEvent, transfer?: readonly ArrayBuffer[]) => void;

/** One call's socket and what is said and heard through it. */
export class RtpSession {
  private readonly socket: Socket;
  private readonly setup: WorkerSetup;
  private readonly spacing: SpacingHistogram;
  private readonly emit: Emit;
  private readonly player: Player;
  private readonly talker: Talker;
  private readonly recorder: Recorder;
  private readonly listener: Listener;
  private remote: RemoteMedia | undefined;
  private sends = false;
  /** the socket is connected to where packets really come from */
  private latched = false;
  private peerAddress = '';
  private peerPort = 0;
  private heardAt = 0;
  private saidLost = false;
  private sentAt = 0;
  private received = 0;
  private sent = 0;
  private dropped = 0;

  constructor(socket: Socket, setup: WorkerSetup, spacing: SpacingHistogram, emit: Emit) {
    this.socket = socket;
    this.setup = setup;
    this.spacing = spacing;
    this.emit = emit;
    this.player = new Player(setup.prompts, (id, playedMs, interrupted) => emit({ kind: 'played', id, playedMs, interrupted }));
    this.talker = new Talker(this.player);
    this.recorder = new Recorder({
      audio: (id, audio) => emit({ kind: 'audio', id, audio }, [audio.buffer]),
      recorded: (id, stats) => emit({ kind: 'recorded', id, stats }),
    });
    this.listener = new Listener(this.recorder, (digit) => emit({ kind: 'digit', digit }));
    socket.on('message', this.receive);
    socket.on('error', () => undefined); // ICMP: nobody listens there (any more); what is sent next may arrive
  }

  obey(command: Exclude<SessionCommand, { kind: 'open' | 'close' }>): void {
    const now = performance.now();
    switch (command.kind) {
      case 'connect':
        return this.connect(command.remote, now);
      case 'play':
        return this.player.play(command.id, command.clips);
      case 'stop-playing':
        return this.player.stop();
      case 'record':
        return this.recorder.start(command.id, command.limits, this.remote?.codec ?? 'pcmu', now);
      case 'stop-recording':
        this.listener.drain(now);
        return this.recorder.end('stopped');
    }
  }

  tick(now: number): void {
    this.listener.tick(now);
    this.recorder.tick(now);
    if (!this.remote) return;
    this.watch(this.remote, now);
    if (this.sends) this.send(this.remote);
    else this.talker.pass();
  }

  /** What plays and what is recorded ends before the last word. */
  close(): PacketCounts {
    this.listener.drain(performance.now());
    this.recorder.end('closed');
    this.player.stop();
    return { received: this.received, sent: this.sent, dropped: this.dropped };
  }

  private connect(remote: RemoteMedia, now: number): void {
    if (hasMoved(this.remote, remote) && this.latched) {
      this.socket.disconnect();
      this.latched = false;
    }
    this.listener.expect(remote.codec, now);
    this.remote = remote;
    this.sends = mayBeSentTo(remote);
    this.heardAt = now;
    this.saidLost = false;
  }

  private send(remote: RemoteMedia): void {
    const packet = this.talker.next(remote.codec, remote.payloadType);
    if (!packet) return;
    if (this.latched) this.socket.send(packet);
    else this.socket.send(packet, remote.port, remote.address);
    this.sent += 1;
    const now = performance.now();
    if (this.talker.followed) this.spacing.add(now - this.sentAt);
    this.sentAt = now;
  }

  private watch(remote: RemoteMedia, now: number): void {
    if (!isExpectedToSend(remote)) {
      this.heardAt = now;
    } else if (!this.saidLost && now - this.heardAt >= this.setup.lostAfterMs) {
      this.saidLost = true;
      this.emit({ kind: 'lost' });
    }
  }

  private readonly receive = (packet: Buffer, from: RemoteInfo): void => {
    const start = payloadStart(packet);
    if (start < 0 || !this.remote || !this.isOurs(packet, from, this.remote)) {
      this.dropped += 1;
      return;
    }
    const now = performance.now();
    this.heardAt = now;
    this.saidLost = false;
    if (this.listener.receive(packet, start, this.remote, now)) this.received += 1;
    else this.dropped += 1;
  };

  /** The first packet tells where the other side really is: behind NAT its SDP does not. From then on the kernel keeps strangers away. */
  private isOurs(packet: Uint8Array, from: RemoteInfo, remote: RemoteMedia): boolean {
    if (this.latched) return from.port === this.peerPort && from.address === this.peerAddress; // a stranger's packet may have been in the queue
    if (!this.listener.knows(packet, remote)) return false;
    this.socket.connect(from.port, from.address);
    this.latched = isConnected(this.socket);
    if (!this.latched) return false;
    this.peerAddress = from.address;
    this.peerPort = from.port;
    return true;
  }
}

/** `connect` has no other answer than an event, and a packet sent in spite of its failure throws. */
function isConnected(socket: Socket): boolean {
  try {
    socket.remoteAddress();
    return true;
  } catch {
    return false;
  }
}
