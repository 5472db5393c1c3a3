import { request } from 'node:http';
import { resolve as absolute } from 'node:path';
import { controlSocket } from './control-door.ts';
import type { StackLayout } from './layout.ts';
import { paths } from './paths.ts';
import type { Environment } from './service-environment.ts';
import { StackError } from './stack-error.ts';
import type { PartName } from './stack-parts.ts';

/** The running `npm start` of a data folder, as seen from another process. */
export interface RunningStack {
  readonly layout: StackLayout;
  stop(name: PartName): Promise<void>;
  start(name: PartName, env?: Environment): Promise<void>;
  signal(name: PartName, signal: NodeJS.Signals): Promise<void>;
}

export function dataFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return absolute(env['SFS_DATA_DIR'] ?? `${paths.root}/.data/local`);
}

/** Fails with what to do when nothing runs there. */
export async function findRunningStack(dataDir = dataFolder()): Promise<RunningStack> {
  const socket = controlSocket(dataDir);
  const layout = (await ask(socket, 'GET', '/layout')) as StackLayout;
  const act = async (name: PartName, action: string, body?: object): Promise<void> => void (await ask(socket, 'POST', `/parts/${name}/${action}`, body));
  return {
    layout,
    stop: (name) => act(name, 'stop'),
    start: (name, env = {}) => act(name, 'start', env),
    signal: (name, signal) => act(name, signal),
  };
}

function ask(socketPath: string, method: string, path: string, body?: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, method, path }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { message?: string };
        if (response.statusCode === 200) resolve(answer);
        else reject(new StackError(answer.message ?? `the stack answers ${response.statusCode}`));
      });
    });
    asking.once('error', (error) => reject(new StackError(`SFS does not run here; type npm start in another terminal (${error.message})`)));
    asking.end(body ? JSON.stringify(body) : undefined);
  });
}
