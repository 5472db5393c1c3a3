/** A file below `/fs/dm/prov/`, as asked for. */
export interface FileTarget {
  /** below `enrolled/`: only with the device's credential */
  readonly enrolled: boolean;
  /** of `~TENANT/`; '' = not said */
  readonly tenant: string;
  /** one to four parts, joined by / */
  readonly name: string;
}

export const ROOT = '/fs/dm/prov/';

/** Longer ones are no phone's: the longest known is 43 (`spa525g2-0123456789ab.xml` and friends in a folder). */
const MAX_NAME = 128;
const MAX_PARTS = 4;
/** Begins with no dot, so that neither . nor .. nor a hidden file has a name here; no %, so that nothing is encoded twice. */
const PART = /^[A-Za-z0-9_$(-][A-Za-z0-9._:()$+-]*$/;
const TENANT = /^~[a-z][a-z0-9-]{0,62}$/;
const ENROLLED = 'enrolled';

/**
 * The target of a request line, in origin or absolute form (RFC 9112 3.2). undefined = nothing lies there: another path, any way to climb out of it
 * (`..`, encoded once or twice, backslashes, NUL, overlong UTF-8), a name no file has. Names never touch a file system; refusing them early
 * keeps them out of logs and timelines too.
 */
export function readTarget(target: string): FileTarget | undefined {
  const path = pathOf(target);
  if (!path?.startsWith(ROOT)) return undefined;
  const text = path.length > ROOT.length + 3 * MAX_NAME ? undefined : decoded(path.slice(ROOT.length));
  if (text === undefined) return undefined;
  // Phones put a slash behind a URL that ends in one.
  const parts = text.split('/').filter((part) => part !== '');
  let tenant = '';
  if (parts[0] !== undefined && TENANT.test(parts[0])) tenant = (parts.shift() ?? '').slice(1);
  const enrolled = tenant === '' && parts[0] === ENROLLED;
  if (enrolled) parts.shift();
  const name = parts.join('/');
  if (parts.length === 0 || parts.length > MAX_PARTS || name.length > MAX_NAME || !parts.every((part) => PART.test(part))) return undefined;
  return { enrolled, tenant, name };
}

function pathOf(target: string): string | undefined {
  let path = target;
  if (!path.startsWith('/')) {
    const authority = /^https?:\/\/[^/?#]+/i.exec(path);
    if (!authority) return undefined;
    path = path.slice(authority[0].length);
  }
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

/** Decoded once. What is no ASCII afterwards is no name; an encoded slash is no separator. */
function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  let sound = true;
  const plain = text.replace(/%(..?)?/g, (_, digits: string | undefined) => {
    const code = digits !== undefined && /^[0-9A-Fa-f]{2}$/.test(digits) ? parseInt(digits, 16) : 0;
    if (code < 0x21 || code > 0x7e || code === 0x2f || code === 0x25) sound = false;
    return String.fromCharCode(code);
  });
  return sound ? plain : undefined;
}
