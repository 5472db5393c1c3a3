import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { adminPasswordOf, credentialOf, rightGeneration, type ShownCredential } from './credentials.ts';

const key = new Secret(Buffer.alloc(32, 3).toString('base64'));
const otherKey = new Secret(Buffer.alloc(32, 4).toString('base64'));
const mac = '805ec0d57d72';
const device = { tenant: 'default', mac, credentialGeneration: 1 };
const shownOf = (generation: number, more: Partial<ShownCredential> = {}): ShownCredential => ({ mac, ...credentialOf(key, { tenant: 'default', mac, generation }), ...more });

describe('the credential of a device', () => {
  it('is its MAC and 24 characters of base32 of an HMAC over tenant, MAC and generation', () => {
    const { userName, password } = credentialOf(key, { tenant: 'default', mac, generation: 1 });
    expect(userName).toBe(mac);
    expect(password).toMatch(/^[A-Z2-7]{24}$/);
    const bytes = createHmac('sha256', Buffer.alloc(32, 3)).update(`http/default/${mac}/1`).digest();
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    expect(password).toBe(Array.from({ length: 24 }, (_, at) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(bits.slice(5 * at, 5 * at + 5), 2)]).join(''));
  });

  it('differs by tenant, MAC, generation and key, and from the password of the phone’s own page', () => {
    const passwords = [
      credentialOf(key, { tenant: 'default', mac, generation: 1 }).password,
      credentialOf(key, { tenant: 'default', mac, generation: 2 }).password,
      credentialOf(key, { tenant: 'other', mac, generation: 1 }).password,
      credentialOf(key, { tenant: 'default', mac: '805ec0d57d73', generation: 1 }).password,
      credentialOf(otherKey, { tenant: 'default', mac, generation: 1 }).password,
      adminPasswordOf(key, { tenant: 'default', mac }),
    ];
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it('is the same at every replica and after every restart', () => {
    expect(credentialOf(new Secret(key.reveal()), { tenant: 'default', mac, generation: 1 })).toEqual(credentialOf(key, { tenant: 'default', mac, generation: 1 }));
  });
});

describe('what is shown', () => {
  it('is right with the newest generation, however the MAC is written', () => {
    expect(rightGeneration(key, shownOf(1), device, 0)).toBe(1);
    expect(rightGeneration(key, shownOf(1, { userName: mac.toUpperCase() }), device, 1)).toBe(1);
  });

  it('is right with the generation before until the newest was used', () => {
    const rotated = { ...device, credentialGeneration: 3 };
    expect(rightGeneration(key, shownOf(2), rotated, 2)).toBe(2);
    expect(rightGeneration(key, shownOf(3), rotated, 2)).toBe(3);
    expect(rightGeneration(key, shownOf(2), rotated, 3)).toBe(0);
    expect(rightGeneration(key, shownOf(1), rotated, 2)).toBe(0);
    expect(rightGeneration(key, shownOf(4), rotated, 2)).toBe(0);
  });

  it.each<[string, ShownCredential]>([
    ['nothing', { mac, userName: '', password: '' }],
    ['a wrong password', shownOf(1, { password: 'GUESS' })],
    ['the right password in another case', shownOf(1, { password: credentialOf(key, { tenant: 'default', mac, generation: 1 }).password.toLowerCase() })],
    ['the password of another device', shownOf(1, credentialOf(key, { tenant: 'default', mac: '805ec0d57d73', generation: 1 }))],
    ['the password of another device under this name', shownOf(1, { password: credentialOf(key, { tenant: 'default', mac: '805ec0d57d73', generation: 1 }).password })],
    ['the password of the phone’s own page', shownOf(1, { password: adminPasswordOf(key, { tenant: 'default', mac }) })],
    ['a very long one', shownOf(1, { password: 'A'.repeat(100_000) })],
    ['user name and password cut at another place', shownOf(1, { userName: '', password: `${mac}:${credentialOf(key, { tenant: 'default', mac, generation: 1 }).password}` })],
    ['generation 0 of the first generation', shownOf(0)],
  ])('is wrong: %s', (_what, shown) => expect(rightGeneration(key, shown, device, 0)).toBe(0));

  it('is never right for an unknown device, not even what would be derived for it', () => {
    const shown = { mac, ...credentialOf(key, { tenant: '-', mac, generation: 1 }) };
    expect(rightGeneration(key, shown, undefined, 0)).toBe(0);
  });

  it('costs the same for a known device, an unknown one, and a wrong credential', () => {
    const ways = [() => rightGeneration(key, shownOf(1), device, 0), () => rightGeneration(key, shownOf(1), undefined, 0), () => rightGeneration(key, shownOf(9), device, 0)];
    const took = ways.map(() => [] as number[]);
    // in turns, so that a busy machine slows all of them alike
    for (let round = 0; round < 2_000; round += 1) {
      ways.forEach((way, index) => {
        const began = process.hrtime.bigint();
        way();
        took[index]?.push(Number(process.hrtime.bigint() - began));
      });
    }
    const medians = took.map((each) => each.sort((a, b) => a - b)[1_000] ?? 0);
    expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1.5);
  });
});
