import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface UiFile {
  readonly bytes: Buffer;
  /** absent when it does not pay */
  readonly gzip: Buffer | undefined;
  readonly type: string;
  readonly etag: string;
  /** its name changes with its content */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = /^(text\/|application\/(json|manifest)|image\/svg)/;

/** The whole UI in memory, by URL path: a request only ever looks up a name, so no path can lead out of the folder. Files of unknown type (source maps) stay out. */
export function loadUiFiles(folder: string): ReadonlyMap<string, UiFile> {
  const files = new Map<string, UiFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const url = path.slice(join(folder, '/').length).replaceAll('\\', '/');
    files.set(url, fileOf(readFileSync(path), type, url.startsWith('assets/')));
  }
  return files;
}

function fileOf(bytes: Buffer, type: string, immutable: boolean): UiFile {
  const gzip = COMPRESSED.test(type) && bytes.length > 1024 ? gzipSync(bytes) : undefined;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { bytes, gzip, type, etag, immutable };
}

/** The file of a path; a path of the UI's own router (no extension, no dot segments) is index.html. */
export function findUiFile(files: ReadonlyMap<string, UiFile>, path: string): UiFile | undefined {
  const known = files.get(path === '' ? 'index.html' : path);
  if (known) return known;
  const isPage = !path.startsWith('assets/') && !/[\\\0]|(^|\/)\.|\.[A-Za-z0-9]+$/.test(path);
  return isPage ? files.get('index.html') : undefined;
}
