import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@sfs/testing';
import { prefer } from './bench-process.ts';

export interface Nginx {
  readonly port: number;
  /** of the file, as nginx names it */
  readonly etag: string;
  /** microseconds so far */
  cpu(): number;
  stop(): void;
}

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).status === 0;

/** One nginx process that serves one static file of this size, as fast as it can: no log, sendfile, descriptors kept. */
export async function startNginx(bytes: number, core: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'sfs-bench-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'own.cfg'), 'x'.repeat(bytes), { mode: 0o644 });
  writeFileSync(join(folder, 'nginx.conf'), conf(folder, port));
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore', detached: true });
  const { pid } = child;
  if (pid === undefined) throw new Error('nginx did not start');
  prefer(pid, core);
  const etag = await eventually('nginx serves', async () => (await fetch(`http://127.0.0.1:${port}/own.cfg`)).headers.get('etag') ?? undefined);
  return {
    port,
    etag,
    // ns on the CPU; nginx without a master has one thread
    cpu: () => Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1_000,
    stop: () => {
      child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      child.kill('SIGKILL');
    },
  };
}

function conf(folder: string, port: number): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  return `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; etag on; default_type text/plain; ${temp}
  keepalive_timeout 120s; keepalive_requests 100000000; open_file_cache max=100;
  server { listen 127.0.0.1:${port} backlog=4096; root ${folder}; }
}
`;
}
