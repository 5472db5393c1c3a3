import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** A part of a bench in a process of its own, which answers one message at a time. */
export class BenchProcess {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  /** Pinned to a core where taskset exists, in a session of its own and, where it may, before everything else: what runs beside it must not blur the figures. */
  static async start(file: URL, core: string, args: readonly string[] = []): Promise<{ process: BenchProcess; hello: unknown }> {
    const child = fork(file, args, { execArgv: [...process.execArgv], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    const started = new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code}`)));
    });
    prefer(child.pid ?? 0, core);
    return { process: new BenchProcess(child), hello: await started };
  }

  ask(message: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the process ended'));
      this.child.once('exit', ended);
      this.child.once('message', (reply) => {
        this.child.off('exit', ended);
        resolve(reply);
      });
      this.child.send(message as object);
    });
  }

  stop(): void {
    this.child.removeAllListeners('exit');
    this.child.kill();
  }
}

export function prefer(pid: number, core: string): void {
  spawnSync('taskset', ['-a', '-p', '-c', core, String(pid)]);
  try {
    // Linux shares the CPU among sessions first: within its session a nice value says nothing about the others.
    writeFileSync(`/proc/${pid}/autogroup`, '-15');
  } catch {
    // Not root, or no such kernel: the figures are as good as the machine is quiet.
  }
}

/** In the child: says hello, answers each message, ends with its parent. */
export function serveBench(hello: object, answer: (message: unknown) => object | Promise<object>): void {
  process.on('message', (message) => {
    void Promise.resolve(answer(message)).then((reply) => process.send?.(reply));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(hello);
}

/** User and system time of all threads so far, in microseconds. */
export function cpuUsed(): { cpu: number } {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system };
}
