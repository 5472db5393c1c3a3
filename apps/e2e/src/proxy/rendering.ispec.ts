import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess } from '@sfs/testing';
import { renderKamailio, type KamailioValues } from '../../../../deploy/kamailio/render.ts';

const values: KamailioValues = {
  address: '127.0.0.1',
  sipPort: 5060,
  doorPort: 8090,
  evapiPort: 8448,
  domain: 'site-a.example',
  switchName: 'site-a',
  doorToken: 'door-token',
  adapterToken: 'adapter-token',
  routeSecret: 'route-secret',
  trunks: ['192.0.2.0/24', '127.0.0.30:5060'],
  replicas: [{ name: 'A', url: 'http://127.0.0.1:8800' }],
  emergencyNumbers: ['112'],
  emergencyTrunk: '127.0.0.30:5060',
};

describe('rendering the site file', () => {
  let runDir: string;
  beforeEach(() => {
    runDir = mkdtempSync(join(tmpdir(), 'sfs-render-'));
  });
  afterEach(() => rmSync(runDir, { recursive: true, force: true }));

  it('writes secrets for the owner only, and keeps the databases it finds', () => {
    renderKamailio({ runDir, values, mode: 'evapi' });
    for (const file of ['site.cfg', 'address.txt', 'location.db', 'credentials.db']) expect(statSync(join(runDir, file)).mode & 0o077).toBe(0);
    const before = readFileSync(join(runDir, 'credentials.db'));
    renderKamailio({ runDir, values, mode: 'http' });
    expect(readFileSync(join(runDir, 'credentials.db')).equals(before)).toBe(true);
    expect(readFileSync(join(runDir, 'address.txt'), 'utf8')).toBe('1 192.0.2.0 24 0\n1 127.0.0.30 32 5060\n4 127.0.0.0 8 0\n');
    renderKamailio({ runDir, values: { ...values, voicemail: ['127.0.0.40:5070'] }, mode: 'evapi' });
    expect(readFileSync(join(runDir, 'address.txt'), 'utf8')).toContain('2 127.0.0.40 32 5070\n');
    renderKamailio({ runDir, values: { ...values, devices: ['127.0.0.40:5071'] }, mode: 'evapi' });
    expect(readFileSync(join(runDir, 'address.txt'), 'utf8')).toContain('3 127.0.0.40 32 5071\n4 ');
  });

  it.each([
    ['evapi', {}],
    ['http', {}],
    ['evapi', { voicemail: ['127.0.0.40:5070', '127.0.0.41:5070'] }],
    ['evapi', { devices: ['127.0.0.40:5071'] }],
    ['http', { voicemail: ['127.0.0.40:5070'], devices: ['127.0.0.40:5071', '127.0.0.41:5071'] }],
  ] as const)('makes a file that Kamailio accepts, with one replica too: %s, %o', async (mode, notifiers) => {
    const { command } = renderKamailio({ runDir, values: { ...values, ...notifiers }, mode });
    const check = startProcess(command, ['-x', 'tlsf', '-f', join(runDir, 'site.cfg'), '-c', '-E']);
    expect(await check.exited).toEqual({ code: 0, signal: null });
    expect(check.output()).not.toContain('ERROR');
  });

  it('names every fault at once', () => {
    const bad = { ...values, address: 'localhost', sipPort: 0, doorToken: 'a"b', trunks: ['10.0.0.0/33'], replicas: [{ name: 'A B' }], emergencyNumbers: ['11.'], voicemail: ['voice.example:5070', '127.0.0.40'], devices: ['127.0.0.0/8:5071'] };
    const render = (): unknown => renderKamailio({ runDir, values: bad, mode: 'http' });
    for (const name of ['address:', 'sipPort:', 'doorToken:', '10.0.0.0/33:', 'replicas:', 'needs a url', 'emergencyNumbers:', 'voicemail: ADDRESS:PORT with an IPv4 address, not voice', 'not 127.0.0.40', 'devices: ADDRESS:PORT']) expect(render).toThrow(name);
  });
});
