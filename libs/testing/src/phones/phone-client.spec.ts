import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { includedFiles, keyValueLines } from './key-value-lines.ts';
import { PhoneClient } from './phone-client.ts';

interface Served {
  readonly text: string;
  /** USER:PASSWORD */
  readonly credential?: string;
}

const files = new Map<string, Served>();
const agents = new Set<string>();
let failing = false;
let server: Server;
let url: string;

beforeEach(async () => {
  files.clear();
  agents.clear();
  failing = false;
  server = createServer((request, response) => {
    agents.add(request.headers['user-agent'] ?? '');
    const file = files.get(request.url ?? '');
    if (failing) return void response.writeHead(503).end();
    if (!file) return void response.writeHead(404).end();
    const given = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
    if (file.credential !== undefined && given !== file.credential) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    const etag = `"${createHash('sha256').update(file.text).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { etag }).end(file.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prov`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const MAC = '80:5E:C0:D5:7D:72';
const yealinkOwn = (name: string): string =>
  ['#!version:1.0.0.1', `static.auto_provision.server.url = ${url}/enrolled/`, 'static.auto_provision.server.username = 805ec0d57d72', 'static.auto_provision.server.password = ABC', 'static.auto_provision.dhcp_option.enable = 0', 'account.1.user_name = 1001', 'account.1.auth_name = 1001', 'account.1.password = s e=c', `account.1.display_name = ${name}`, 'account.1.sip_server.1.address = site-a.example', ''].join('\n');

describe('a Yealink phone', () => {
  it('asks for boot files, the common file of its model, then its own', async () => {
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    expect(phone.asked).toEqual(['GET /prov/805ec0d57d72.boot -> 404', 'GET /prov/y000000000000.boot -> 404', 'GET /prov/y000000000108.cfg -> 404', 'GET /prov/805ec0d57d72.cfg -> 404']);
    expect([...agents]).toEqual(['Yealink SIP-T46U 108.86.0.90 80:5e:c0:d5:7d:72']);
    expect(phone.account).toBeUndefined();
    phone.close();
  });

  it('fetches what its boot file names, later lines win', async () => {
    files.set('/prov/y000000000000.boot', { text: '#!version:1.0.0.1\ninclude:config "all.cfg"\ninclude:config <$MAC.cfg>\noverwrite_mode = 1\n' });
    files.set('/prov/all.cfg', { text: 'a = 1\nb = 1\n' });
    files.set('/prov/805ec0d57d72.cfg', { text: 'b = 2\n' });
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    expect(Object.fromEntries(phone.settings)).toEqual({ a: '1', b: '2' });
    phone.close();
  });

  it('goes to the URL it was given, and answers the challenge there', async () => {
    files.set('/prov/805ec0d57d72.cfg', { text: yealinkOwn('Anna') });
    files.set('/prov/enrolled/805ec0d57d72.cfg', { text: yealinkOwn('Anna'), credential: '805ec0d57d72:ABC' });
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    expect(phone.asked.slice(-2)).toEqual(['GET /prov/enrolled/805ec0d57d72.cfg -> 401', 'GET /prov/enrolled/805ec0d57d72.cfg -> 200']);
    expect(phone.exchanges.at(-1)?.authorized).toBe(true);
    expect(phone.account).toEqual({ userName: '1001', authName: '1001', password: 's e=c', displayName: 'Anna', domain: 'site-a.example', outboundProxy: '' });
    expect(phone.credential).toEqual({ userName: '805ec0d57d72', password: 'ABC' });
    files.set('/prov/enrolled/805ec0d57d72.cfg', { text: yealinkOwn('Bea'), credential: '805ec0d57d72:ABC' });
    await phone.check();
    expect(phone.account?.displayName).toBe('Bea');
    const [last] = (await phone.check()).slice(-1);
    expect(last?.status).toBe(304);
    expect(phone.account?.displayName).toBe('Bea');
    phone.close();
  });

  it('keeps what it has while the server fails', async () => {
    files.set('/prov/805ec0d57d72.cfg', { text: 'account.1.user_name = 1001\n' });
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    files.set('/prov/y000000000108.cfg', { text: 'account.1.user_name = 1002\n' });
    failing = true;
    await phone.boot();
    expect(phone.account?.userName).toBe('1001');
    failing = false;
    files.delete('/prov/805ec0d57d72.cfg');
    await phone.boot();
    expect(phone.account?.userName).toBe('1002');
    phone.close();
  });

  it('asks the DHCP URL again until a file turns DHCP off', async () => {
    files.set('/prov/805ec0d57d72.cfg', { text: `static.auto_provision.server.url = ${url}/enrolled/\n` });
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    expect(phone.asked.at(-1)).toBe('GET /prov/805ec0d57d72.cfg -> 200');
    const fixed = PhoneClient.yealink({ mac: MAC, url, dhcp: false });
    await fixed.boot();
    expect(fixed.asked.at(-1)).toBe('GET /prov/enrolled/805ec0d57d72.cfg -> 404');
    phone.close();
    fixed.close();
  });

  it('is factory-new after a reset', async () => {
    files.set('/prov/805ec0d57d72.cfg', { text: yealinkOwn('Anna') });
    const phone = PhoneClient.yealink({ mac: MAC, url });
    await phone.boot();
    phone.reset();
    expect(phone.account).toBeUndefined();
    await phone.boot();
    expect(phone.account?.displayName).toBe('Anna');
    phone.close();
  });
});

describe('an AudioCodes phone', () => {
  it('looks at the firmware header first, then asks for its configuration in either case', async () => {
    const phone = PhoneClient.audioCodes({ mac: '00908F602AAC', url });
    await phone.boot();
    expect(phone.asked).toEqual(['HEAD /prov/440HD.img -> 404', 'GET /prov/00908F602AAC.cfg -> 404', 'GET /prov/00908f602aac.cfg -> 404']);
    expect([...agents]).toEqual(['AUDC-IPPhone/2.2.16.142 (440HD-Rev0; 00908F602AAC)']);
    phone.close();
  });

  it('follows a URL that names its file', async () => {
    const own = ['provisioning/method=STATIC', `provisioning/configuration/url=${url}/enrolled/00908f602aac.cfg`, 'provisioning/configuration/http_auth/user_name=00908f602aac', 'provisioning/configuration/http_auth/password=ABC', 'voip/line/0/id=1003', 'voip/line/0/auth_name=1003', 'voip/line/0/auth_password=secret', 'voip/line/0/description=Carla', 'voip/signalling/sip/proxy_address=site-a.example', ''].join('\r\n');
    files.set('/prov/00908F602AAC.cfg', { text: own });
    files.set('/prov/enrolled/00908f602aac.cfg', { text: own, credential: '00908f602aac:ABC' });
    const phone = PhoneClient.audioCodes({ mac: '00908F602AAC', url });
    await phone.boot();
    expect(phone.asked.slice(-2)).toEqual(['GET /prov/enrolled/00908f602aac.cfg -> 401', 'GET /prov/enrolled/00908f602aac.cfg -> 200']);
    expect(phone.account).toMatchObject({ userName: '1003', password: 'secret', displayName: 'Carla', domain: 'site-a.example' });
    phone.close();
  });
});

describe('a configuration file', () => {
  it('is read line by line: comments are skipped, values keep what follows the first sign, the last line wins', () => {
    expect(Object.fromEntries(keyValueLines('#a = 1\r\n;b=2\r\nc = x=y # z\n\nnothing\nd=1\nd=2'))).toEqual({ c: 'x=y # z', d: '2' });
  });

  it('names others', () => {
    expect(includedFiles('#!version:1.0.0.1\n#include:config "no.cfg"\ninclude:config "a.cfg"\ninclude:config <http://h/b.cfg>\n')).toEqual(['a.cfg', 'http://h/b.cfg']);
  });
});
