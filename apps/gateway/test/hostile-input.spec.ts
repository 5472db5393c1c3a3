import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, type Problem } from '@sfs/rest-contract';
import { type GatewayUnderTest, REQUEST_TIMEOUT_MS, type RestClient, type Sent, startGatewayUnderTest } from './gateway-under-test.ts';

const UNKNOWN_ID = '6f1fdd0e-6c1a-4a52-9e0c-0d6c6b4f3a11';
const V1 = '/api/v1';
const user = { displayName: 'Ada', siteId: 'site-a' };
const partition = { name: 'Out', patterns: ['9X.'], action: { kind: 'extension' } };
const post = (body: unknown, headers: Record<string, string> = {}): Sent => ({ method: 'POST', body, headers });
const put = (body: unknown, headers: Record<string, string> = {}): Sent => ({ method: 'PUT', body, headers });

/** what is sent -> status, type, field named */
const TABLE: readonly (readonly [string, string, Sent, number, string, string?])[] = [
  ['an empty body', '/users', post(''), 400, 'request/malformed-json'],
  ['torn JSON', '/users', post('{"displayName":'), 400, 'request/malformed-json'],
  ['two JSON values', '/users', post('{}{}'), 400, 'request/malformed-json'],
  ['JSON nested 5,000 deep', '/users', post('['.repeat(5000) + ']'.repeat(5000)), 400, 'request/too-deep'],
  ['broken UTF-8', '/users', post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400, 'request/utf-8'],
  ['a key that reaches the prototype', '/users', post('{"__proto__":{"role":"administrator"}}'), 400, 'request/forbidden-key', '__proto__'],
  ['a constructor key deep inside', '/users', post('{"displayName":{"constructor":{"prototype":{}}}}'), 400, 'request/forbidden-key', 'displayName.constructor'],
  ['100 KiB of JSON', '/users', post({ ...user, displayName: 'A'.repeat(100_000) }), 413, 'request/too-large'],
  ['1.5 MiB of CSV', '/imports/users', post('a'.repeat(1_500_000), { 'content-type': 'text/csv' }), 413, 'request/too-large'],
  ['an empty file', '/imports/users', post('  ', { 'content-type': 'text/csv' }), 422, 'imports/empty', 'body'],
  ['a form', '/users', post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'request/content-type'],
  ['text/plain, which a foreign form may send', '/users', post(JSON.stringify(user), { 'content-type': 'text/plain' }), 415, 'request/content-type'],
  ['CSV where JSON belongs', '/users', post('a,b', { 'content-type': 'text/csv' }), 415, 'request/content-type', 'Content-Type'],
  ['JSON where CSV belongs', '/imports/users', post('{}'), 415, 'request/content-type', 'Content-Type'],
  ['another charset', '/users', post(JSON.stringify(user), { 'content-type': 'application/json; charset=iso-8859-1' }), 415, 'request/charset', 'Content-Type'],
  ['no body at all', '/users', { method: 'POST' }, 422, 'request/invalid', 'body'],
  ['an array', '/users', post([user]), 422, 'request/invalid', 'body'],
  ['null', '/users', post('null'), 422, 'request/invalid', 'body'],
  ['a missing field', '/users', post({ displayName: 'Ada' }), 422, 'request/invalid', 'siteId'],
  ['an unknown field', '/users', post({ ...user, admin: true }), 422, 'request/invalid', 'admin'],
  ['a name of blanks', '/users', post({ ...user, displayName: '   ' }), 422, 'request/invalid', 'displayName'],
  ['another type', '/users', post({ ...user, displayName: { $gt: '' } }), 422, 'request/invalid', 'displayName'],
  ['a number of 10,000 digits', '/switches/site-a/numbers', post({ number: '1'.repeat(10_000) }), 422, 'request/invalid', 'number'],
  ['Arabic digits', '/switches/site-a/numbers', post({ number: '١٠٠١' }), 422, 'request/invalid', 'number'],
  ['full-width digits', '/switches/site-a/numbers', post({ number: '１００１' }), 422, 'request/invalid', 'number'],
  ['a number with a line break', '/switches/site-a/numbers', post({ number: '1001\r\n' }), 422, 'request/invalid', 'number'],
  ['a JSON number of 10,000 digits', '/call-settings', put(`{"noAnswerTimeoutSeconds":${'9'.repeat(10_000)}}`, { 'if-none-match': '*' }), 422, 'request/invalid', 'noAnswerTimeoutSeconds'],
  ['a number of 10,000 digits in the path', `/switches/site-a/numbers/${'1'.repeat(10_000)}`, {}, 414, 'request/url-too-long'],
  ['non-ASCII digits in the path', `/switches/site-a/numbers/${encodeURIComponent('١٠٠١')}`, {}, 400, 'request/invalid', 'number'],
  ['a path that is no UTF-8', '/switches/site-a/numbers/%ff', {}, 400, 'request/url'],
  ['a path with an encoded slash', '/users/..%2f..%2fetc', {}, 400, 'request/invalid', 'id'],
  ['an id that is none', '/users/1', {}, 400, 'request/invalid', 'id'],
  ['an id that is nobody', `/users/${UNKNOWN_ID}`, {}, 404, 'users/unknown', 'id'],
  ['a page size of a million', '/users?pageSize=1000000', {}, 400, 'request/invalid', 'pageSize'],
  ['a page size that is no number', '/users?pageSize=1e999', {}, 400, 'request/invalid', 'pageSize'],
  ['a query given twice', '/users?q=a&q=b', {}, 400, 'request/invalid', 'q'],
  ['an unknown query', '/users?pagesize=1', {}, 400, 'request/invalid', 'pagesize'],
  ['a page token of another list', '/changes?pageToken=e30x', {}, 422, 'changes/page-token', 'pageToken'],
  ['a change without If-Match', `/users/${UNKNOWN_ID}`, put(user), 428, 'request/precondition-required', 'If-Match'],
  ['a deletion without If-Match', `/users/${UNKNOWN_ID}`, { method: 'DELETE' }, 428, 'request/precondition-required', 'If-Match'],
  ['a creation without If-None-Match', '/switches/site-a/partitions/out', put(partition), 428, 'request/precondition-required', 'If-Match'],
  ['If-Match: *', `/users/${UNKNOWN_ID}`, put(user, { 'if-match': '*' }), 400, 'request/precondition', 'If-Match'],
  ['a weak tag', `/users/${UNKNOWN_ID}`, put(user, { 'if-match': 'W/"a"' }), 400, 'request/precondition', 'If-Match'],
  ['a stale tag', '/switches/site-a/partitions/out', put(partition, { 'if-match': '"tag-0"' }), 412, 'change-log/stale'],
  ['a partition that shadows an emergency number', '/switches/site-a/partitions/out', put({ ...partition, patterns: ['11.'] }, { 'if-none-match': '*' }), 422, 'plan/emergency-shadowed', 'patterns'],
  ['an idempotency key of 1,000 characters', '/users', post(user, { 'idempotency-key': 'k'.repeat(1000) }), 400, 'request/idempotency-key', 'Idempotency-Key'],
  ['an unknown route', '/secrets', {}, 404, 'request/unknown-route'],
  ['another method', '/users', { method: 'PATCH', body: user }, 404, 'request/unknown-route'],
  ['a foreign page', '/users', post(user, { origin: 'http://evil.example' }), 403, 'request/cross-origin', 'Origin'],
  ['the origin of a sandboxed frame', '/users', post(user, { origin: 'null' }), 403, 'request/cross-origin', 'Origin'],
  ['a forged cookie', '/users', { headers: { cookie: `sfs_session=default.${'A'.repeat(43)}` }, signedIn: false }, 401, 'sessions/ended'],
  ['a cookie of garbage', '/users', { headers: { cookie: 'sfs_session=%00%ff;;;' }, signedIn: false }, 401, 'sessions/ended'],
  ['no cookie', '/users', { signedIn: false }, 401, 'sessions/required'],
  ['a forged token', '/users', { headers: { authorization: `Bearer sfs_default.${UNKNOWN_ID}.${'A'.repeat(43)}` } }, 401, 'tokens/unknown'],
  ['another scheme', '/users', { headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } }, 401, 'tokens/unknown'],
  ['a tenant nobody made', '/users', { headers: { 'sfs-tenant': 'ghost' } }, 404, 'tenants/unknown', 'SFS-Tenant'],
  ['a tenant that is a path', '/users', { headers: { 'sfs-tenant': '../default' } }, 404, 'tenants/unknown', 'SFS-Tenant'],
];

describe('hostile input at the REST door', () => {
  let gateway: GatewayUnderTest;
  let admin: RestClient;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    admin = await gateway.administrator();
  });
  afterAll(() => gateway.stop());

  it.each(TABLE.map(([title, path, sent, status, type, field]) => ({ title, path, sent, status, type, field })))('$title', async ({ path, sent, status, type, field }) => {
    const before = gateway.provisioning.users.size;
    const answer = await admin.problem(`${V1}${path}`, sent);
    expect({ status: answer.status, type: answer.type, ...(field === undefined ? {} : { field: answer.field }) }).toEqual({ status, type, ...(field === undefined ? {} : { field }) });
    expect(answer.title).not.toBe('');
    expect(answer.remedy).toBeTruthy();
    expect(gateway.provisioning.users.size).toBe(before);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('a body that never ends is cut off in time', async () => {
    const began = performance.now();
    const { status, body } = await raw(gateway.port, `POST /api/v1/users HTTP/1.1\r\nHost: x\r\nCookie: sfs_session=${admin.cookie}\r\nOrigin: ${gateway.base}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"display`);
    expect(status).toBe(408);
    expect(body).toMatchObject({ type: 'request/too-slow', status: 408 });
    expect(performance.now() - began).toBeLessThan(REQUEST_TIMEOUT_MS + 4_000);
  });

  it('a body of a stranger is not even read', async () => {
    const began = performance.now();
    const { status } = await raw(gateway.port, 'POST /api/v1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{');
    expect(status).toBe(401);
    expect(performance.now() - began).toBeLessThan(REQUEST_TIMEOUT_MS);
  });

  it.each([
    ['torn HTTP', 'GET / HTP/1.1\r\n\r\n', 400, 'request/malformed-http'],
    ['two lengths', 'POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', 400, 'request/malformed-http'],
    ['length and chunks, as for smuggling', 'POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'request/malformed-http'],
    ['20 KiB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'request/headers-too-large'],
    ['an unusual method', 'PROPFIND /api/v1/users HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404, 'request/unknown-route'],
  ])('%s', async (_title, text, status, type) => {
    const answer = await raw(gateway.port, text);
    expect(answer.status).toBe(status);
    expect(answer.body?.type).toBe(type);
  });

  it.each([['/../../etc/passwd'], ['/..%2f..%2fetc%2fpasswd'], ['/assets/../../etc/passwd'], ['/%2e%2e/%2e%2e/etc/passwd'], ['/..\\..\\etc\\passwd'], ['/.env'], ['/assets/main-1a2b.js/..'], ['/a%00b']])(
    'the path %s leads nowhere',
    async (path) => {
      const { status, text } = await raw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(status).toBe(404);
      expect(text).not.toContain('root:');
    },
  );

  it('two writers at once: one wins, the other is told what is current', async () => {
    const { id } = gateway.provisioning.add('default', 'Two Writers');
    const etag = (await admin.send(`${V1}/users/${id}`)).headers.get('etag') ?? '';
    const answers = await Promise.all(['First', 'Second'].map((displayName) => admin.send(`${V1}/users/${id}`, put({ ...user, displayName }, { 'if-match': etag }))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const [won, lost] = answers.toSorted((a, b) => a.status - b.status);
    expect(problem.parse(await lost?.json())).toMatchObject({ type: 'change-log/stale', currentTag: won?.headers.get('etag')?.slice(1, -1) });
  });

  it("another tenant's ids do not exist", async () => {
    const foreign = gateway.provisioning.add('acme', 'Foreign');
    const tag = foreign.meta?.tag ?? '';
    expect((await admin.problem(`${V1}/users/${foreign.id}`)).status).toBe(404);
    expect((await admin.problem(`${V1}/users/${foreign.id}`, put(user, { 'if-match': `"${tag}"` }))).status).toBe(404);
    expect((await admin.problem(`${V1}/users/${foreign.id}/account`, post({ login: 'foreign' }))).status).toBe(404);
    expect(gateway.provisioning.users.has(`acme/${foreign.id}`)).toBe(true);
  });

  it('nothing of it kills the process or reaches the log', async () => {
    expect((await admin.send(`${V1}/session`)).status).toBe(200);
    const log = gateway.lines.join('');
    for (const secret of [admin.cookie.split('.')[1] ?? '-', 'correct horse battery', '"$gt"']) expect(log).not.toContain(secret);
    expect(log).toContain('"code":"request/too-deep"');
  });
});

interface RawAnswer {
  readonly status: number;
  readonly body: Problem | undefined;
  readonly text: string;
}

/** Bytes as they are, which no HTTP client would send. */
function raw(port: number, bytes: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      const body = text.slice(text.indexOf('\r\n\r\n') + 4);
      resolve({ status: Number(text.split(' ')[1]), body: body.startsWith('{') ? (JSON.parse(body) as Problem) : undefined, text });
    });
  });
}
