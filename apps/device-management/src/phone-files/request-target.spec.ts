import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTarget } from './request-target.ts';

describe('a request target', () => {
  it.each([
    ['/fs/dm/prov/805ec0d57d72.cfg', { enrolled: false, tenant: '', name: '805ec0d57d72.cfg' }],
    ['/fs/dm/prov/enrolled/805ec0d57d72.cfg', { enrolled: true, tenant: '', name: '805ec0d57d72.cfg' }],
    ['/fs/dm/prov/~acme/805ec0d57d72.cfg', { enrolled: false, tenant: 'acme', name: '805ec0d57d72.cfg' }],
    ['/fs/dm/prov//805ec0d57d72.cfg', { enrolled: false, tenant: '', name: '805ec0d57d72.cfg' }],
    ['/fs/dm/prov/80-5E-C0-D5-7D-72.cfg?x=1', { enrolled: false, tenant: '', name: '80-5E-C0-D5-7D-72.cfg' }],
    ['/fs/dm/prov/80%3A5e%3ac0:d5:7d:72.cfg', { enrolled: false, tenant: '', name: '80:5e:c0:d5:7d:72.cfg' }],
    ['http://prov.test:8803/fs/dm/prov/440HD.img', { enrolled: false, tenant: '', name: '440HD.img' }],
    ['/fs/dm/prov/Cisco/CP-8841-3PCC/a.cfg', { enrolled: false, tenant: '', name: 'Cisco/CP-8841-3PCC/a.cfg' }],
  ])('%s is read', (target, read) => {
    expect(readTarget(target)).toEqual(read);
  });

  it.each([
    '', '*', '/', '/fs/dm/prov', '/fs/dm/prov/', '/fs/dm/provisioning/a.cfg', '/FS/DM/PROV/a.cfg', '/fs/dm/ivr/a.cfg', 'ftp://h/fs/dm/prov/a.cfg', 'fs/dm/prov/a.cfg',
    '/fs/dm/prov/enrolled', '/fs/dm/prov/enrolled/', '/fs/dm/prov/~acme/', '/fs/dm/prov/~/a.cfg', '/fs/dm/prov/~ACME/a.cfg', '/fs/dm/prov/~a/~b/a.cfg',
    '/fs/dm/prov/../secrets.json', '/fs/dm/prov/./a.cfg', '/fs/dm/prov/x/../../a.cfg', '/fs/dm/prov/..', '/fs/dm/prov/.htaccess', '/fs/dm/prov/...',
    '/fs/dm/prov/%2e%2e/a.cfg', '/fs/dm/prov/%2E%2E%2Fa.cfg', '/fs/dm/prov/..%2fa.cfg', '/fs/dm/prov/%2fetc%2fpasswd', '/fs/dm/prov/%252e%252e/a.cfg', '/fs/dm/prov/%25%32%65/a.cfg',
    '/fs/dm/prov/..%5c..%5ca.cfg', '/fs/dm/prov/..\\a.cfg', '/fs/dm/prov/a%00.cfg', '/fs/dm/prov/a\0.cfg', '/fs/dm/prov/a%0d%0aX:%20y', '/fs/dm/prov/%c0%ae%c0%ae/a.cfg', '/fs/dm/prov/%e0%80%ae/a.cfg',
    '/fs/dm/prov/%u002e%u002e/a.cfg', '/fs/dm/prov/%zz.cfg', '/fs/dm/prov/%2', '/fs/dm/prov/%', '/fs/dm/prov/\u2025/a.cfg', '/fs/dm/prov/a b.cfg', '/fs/dm/prov/<script>', "/fs/dm/prov/a';drop", '/fs/dm/prov/${x}.cfg',
    `/fs/dm/prov/${'a'.repeat(129)}`, `/fs/dm/prov/${'%61'.repeat(129)}`, `/fs/dm/prov/${'/'.repeat(5000)}`, '/fs/dm/prov/a/b/c/d/e.cfg',
  ])('%j is nothing', (target) => {
    expect(readTarget(target)).toBeUndefined();
  });

  it('never names anything outside its folder, whatever comes', () => {
    const piece = fc.oneof(fc.constantFrom('/', '..', '.', '%2e', '%2f', '%5c', '%00', '%25', '\\', '~', '~t', 'enrolled', '805ec0d57d72.cfg', '%c0%af', '%'), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const read = readTarget(`/fs/dm/prov/${pieces.join('')}`);
        if (read === undefined) return;
        expect(read.name).toMatch(/^[A-Za-z0-9_$(-][A-Za-z0-9._:()$+-]*(\/[A-Za-z0-9_$(-][A-Za-z0-9._:()$+-]*){0,3}$/);
        expect(read.name.length).toBeLessThanOrEqual(128);
        expect(read.name.split('/')).not.toContain('..');
      }),
      { numRuns: 5_000 },
    );
  });
});
