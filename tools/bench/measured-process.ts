import { fork, spawnSync, type ChildProcess } from 'node:child_process';

/** A server in a process of its own that tells what CPU time it has used. */
export class MeasuredProcess {
  readonly port: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.port = port;
  }

  /** The file must call `serveMeasured`. Pinned to the first core where taskset exists; the load runs on the others. */
  static async start(file: URL, args: readonly string[] = []): Promise<MeasuredProcess> {
    const child = fork(file, args, { execArgv: [...process.execArgv], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { port: number }).port));
      child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code}`)));
    });
    pin(child.pid ?? 0, '0');
    return new MeasuredProcess(child, port);
  }

  /** User and system time of all threads so far, in microseconds. */
  cpuMicroseconds(): Promise<number> {
    return new Promise((resolve) => {
      this.child.once('message', (message) => resolve((message as { cpu: number }).cpu));
      this.child.send('usage');
    });
  }

  stop(): void {
    this.child.kill();
  }
}

export function pin(pid: number, cores: string): void {
  spawnSync('taskset', ['-a', '-p', '-c', cores, String(pid)]);
}

/** In the child: says where it listens, then answers each question with its CPU time. */
export function serveMeasured(port: number): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}
