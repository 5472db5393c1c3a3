import { DomainError } from '@sfs/kernel';
import { convert, type Codec } from './codec.ts';
import { MediaThread } from './media-thread.ts';
import type { WorkerSetup } from './messages.ts';
import { noPort, PortPool } from './port-pool.ts';
import type { Media, MediaOptions, MediaSession } from './session.ts';
import { SpacingHistogram } from './spacing.ts';

const LOST_AFTER_MS = 30_000;

/** Starts the workers; resolves when each of them can be talked to. */
export async function openMedia(options: MediaOptions): Promise<Media> {
  const setup = { host: options.host, lostAfterMs: options.lostAfterMs ?? LOST_AFTER_MS, prompts: inBothLaws(options.prompts) };
  const media = new MediaThreads(options, setup);
  await media.start();
  return media;
}

class MediaThreads implements Media {
  private readonly ports: PortPool;
  private readonly threads: readonly MediaThread[];
  private isClosed = false;

  constructor(options: MediaOptions, setup: WorkerSetup) {
    const url = options.workerUrl ?? new URL('./media-worker.ts', import.meta.url);
    const giveBack = (port: number): void => this.ports.giveBack(port);
    this.ports = new PortPool(options.portFrom, options.portTo);
    this.threads = Array.from({ length: Math.max(1, options.workers) }, () => new MediaThread(url, setup, giveBack));
  }

  async start(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.start()));
  }

  get sessions(): number {
    return this.threads.reduce((sum, thread) => sum + thread.sessions, 0);
  }

  /** A port that another program has is passed over. */
  async open(): Promise<MediaSession> {
    if (this.isClosed) throw new DomainError('unavailable', 'media/closed', 'The media path is closed');
    for (let left = this.ports.size; left > 0; left -= 1) {
      const port = this.ports.take();
      const answer = await this.leastBusy().open(port).catch((error: unknown) => {
        this.ports.giveBack(port);
        throw error;
      });
      if (typeof answer !== 'string') return answer;
      this.ports.giveBack(port);
    }
    throw noPort();
  }

  async stats(): ReturnType<Media['stats']> {
    const spacing = new SpacingHistogram();
    let cpuMicros = 0;
    for (const stats of await Promise.all(this.threads.map((thread) => thread.stats()))) {
      if (!stats) continue;
      spacing.merge(stats.spacing);
      cpuMicros += stats.cpuMicros;
    }
    return { sessions: this.sessions, spacingMs: spacing.summary(), cpuMicros };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private leastBusy(): MediaThread {
    return this.threads.reduce((best, thread) => (thread.sessions < best.sessions ? thread : best));
  }
}

/** In shared memory: each worker reads the same bytes. */
function inBothLaws(prompts: MediaOptions['prompts']): WorkerSetup['prompts'] {
  return new Map([...prompts].map(([name, { audio, codec }]) => [name, { pcmu: shared(convert(audio, codec, 'pcmu')), pcma: shared(convert(audio, codec, 'pcma')) } satisfies Record<Codec, Uint8Array>]));
}

function shared(audio: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(audio.length));
  bytes.set(audio);
  return bytes;
}
