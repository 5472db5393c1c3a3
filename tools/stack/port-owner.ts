import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface Socket {
  readonly port: number;
  readonly inode: string;
}

const LISTENING = '0A';
const UNCONNECTED = '07';

/** Lines of /proc/net/tcp[6] and udp[6]: sockets that wait for others (listening TCP, unconnected UDP). */
export function parseSocketTable(text: string): Socket[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTENING || fields[3] === UNCONNECTED)
    .map((fields) => ({ port: parseInt(fields[1]?.split(':')[1] ?? '', 16), inode: fields[9] ?? '' }))
    .filter(({ port, inode }) => Number.isInteger(port) && inode !== '');
}

/** Who holds a port, in words: "nginx (process 812)"; without rights to look, "another user's process". */
export function ownerOfPort(port: number): string {
  const inodes = new Set(
    ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) => parseSocketTable(read(`/proc/net/${table}`)).filter((socket) => socket.port === port)).map(({ inode }) => inode),
  );
  const pid = inodes.size > 0 ? pidOfSocket(inodes) : undefined;
  return pid === undefined ? "another user's process (root can see which: ss -tulpn)" : `${nameOf(pid)} (process ${pid})`;
}

function pidOfSocket(inodes: ReadonlySet<string>): string | undefined {
  return readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && descriptorsOf(pid).some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')));
}

function descriptorsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function nameOf(pid: string): string {
  const words = read(`/proc/${pid}/cmdline`).split('\0').filter((word) => word !== '');
  const name = read(`/proc/${pid}/comm`).trim();
  // "java" or "node" says too little
  const script = words.slice(1).find((word) => !word.startsWith('-') && (/\.(js|ts|mjs|jar)$/.test(word) || /^[a-z]+(\.\w+)+$/i.test(word)));
  return script ? `${name} ${script}` : name;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
