import { EdgeError } from './edge-error.ts';

/** Deeper than any body of the API; keeps the walks below from being fed a tower. */
export const DEEPEST = 16;

const POISON = new Set(['__proto__', 'constructor', 'prototype']);
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Bytes to JSON: strict UTF-8, bounded depth (measured before parsing), no key that reaches a prototype. Throws EdgeError 400. */
export function parseJsonBody(bytes: Buffer): unknown {
  const text = utf8Text(bytes);
  if (text.trim() === '') throw malformed('The body is empty');
  if (depthOf(bytes) > DEEPEST) throw new EdgeError(400, 'request/too-deep', `The JSON is nested deeper than ${DEEPEST} levels`, { remedy: 'Send the fields as documented in /api/openapi.json.' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(positionOf(error));
  }
  refusePoison(value, '');
  return value;
}

/** Strict UTF-8; a byte order mark is dropped. */
export function utf8Text(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new EdgeError(400, 'request/utf-8', 'The body is not UTF-8', { remedy: 'Encode it as UTF-8.' });
  }
}

function malformed(message: string): EdgeError {
  return new EdgeError(400, 'request/malformed-json', message, { remedy: 'Send one well-formed JSON object.' });
}

/** The parser's own text repeats the input, which may be a password: keep only the place. */
function positionOf(error: unknown): string {
  const place = error instanceof Error ? /position \d+(?: \(line \d+ column \d+\))?/.exec(error.message)?.[0] : undefined;
  return `The body is not JSON${place ? `: fault at ${place}` : ''}`;
}

function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (quoted && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) quoted = !quoted;
    else if (!quoted && OPEN.has(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (!quoted && CLOSE.has(byte)) depth -= 1;
  }
  return deepest;
}

function refusePoison(value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const field = path === '' ? key : `${path}.${key}`;
    if (POISON.has(key)) throw new EdgeError(400, 'request/forbidden-key', `The key ${key} is not taken`, { field, remedy: 'Remove it.' });
    refusePoison(inner, field);
  }
}
