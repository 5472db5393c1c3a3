import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@sfs/config';
import { scenario, type Scenario } from '../entities/spec-scenario.ts';
import { Envelope } from '../secrets/envelope.ts';
import { ha1Of } from './ha1.ts';
import { RefusedByDoor } from './registrar.client.ts';
import { RegistrarService } from './registrar.service.ts';

class Door {
  readonly known = new Map<string, string>();
  calls = 0;
  away: Error | undefined;

  async put(user: string, ha1: string): Promise<void> {
    this.enter();
    this.known.set(user, ha1);
  }

  async remove(user: string): Promise<void> {
    this.enter();
    this.known.delete(user);
  }

  private enter(): void {
    this.calls += 1;
    if (this.away) throw this.away;
  }
}

describe('registrar', () => {
  let at: Scenario;
  let door: Door;
  let registrar: RegistrarService;
  const envelope = new Envelope(new Secret(Buffer.alloc(32, 7).toString('base64')));
  const put = (number: string, password: string) =>
    at.put('sip-credential', `site-a/${number}`, { switchId: 'site-a', number, sealed: password && envelope.seal(password, `default/site-a/${number}`) });
  const start = (reconcileMs = 10) => {
    registrar = new RegistrarService({ store: at.store, envelope, doors: new Map([['site-a', door]]), log: pino({ level: 'silent' }), reconcileMs, patienceMs: 50 });
    registrar.start();
  };
  beforeEach(async () => {
    at = await scenario();
    door = new Door();
  });
  afterEach(() => registrar.stop());

  it('hands over at start what is stored', async () => {
    await put('1001', 'password-of-1001');
    door.known.set('1002', 'left over');
    await put('1002', '');
    start();
    await expect.poll(() => [...door.known]).toEqual([['1001', ha1Of('1001', 'a.example', 'password-of-1001')]]);
  });

  it('hands over a change before it is answered', async () => {
    start(60_000);
    await put('1001', 'password-of-1001');
    await registrar.credentialChanged('default', 'site-a/1001');
    expect(door.known.has('1001')).toBe(true);
    await put('1001', '');
    await registrar.credentialChanged('default', 'site-a/1001');
    expect(door.known.has('1001')).toBe(false);
  });

  it('answers although the registrar is away, says so, and hands over when it is back', async () => {
    start(60_000);
    door.away = new Error('connect ECONNREFUSED');
    await put('1001', 'password-of-1001');
    await registrar.credentialChanged('default', 'site-a/1001');
    expect(registrar.status().get('site-a')).toEqual({ pending: 1, failure: 'connect ECONNREFUSED', refused: 0 });
    door.away = undefined;
    await expect.poll(() => door.known.has('1001')).toBe(true);
    expect(registrar.status().get('site-a')).toMatchObject({ pending: 0, failure: '' });
  });

  it('finds what another replica changed, and hands over nothing twice', async () => {
    await put('1001', 'password-of-1001');
    start();
    await expect.poll(() => door.known.size).toBe(1);
    await put('1001', 'another-password');
    await expect.poll(() => door.known.get('1001')).toBe(ha1Of('1001', 'a.example', 'another-password'));
    expect(door.calls).toBe(2);
  });

  it('leaves out what the registrar refuses and what does not open, and goes on', async () => {
    await at.put('sip-credential', 'site-a/1001', { switchId: 'site-a', number: '1001', sealed: 'nonsense' });
    await put('1002', 'password-of-1002');
    start();
    await expect.poll(() => door.known.has('1002')).toBe(true);
    expect(registrar.status().get('site-a')).toMatchObject({ pending: 0, refused: 1 });
    door.away = new RefusedByDoor('400');
    await put('1003', 'password-of-1003');
    await expect.poll(() => registrar.status().get('site-a')?.refused).toBe(2);
  });

  it('leaves a switch without a door alone', async () => {
    start();
    await registrar.credentialChanged('default', 'site-b/1001');
    expect(door.calls).toBe(0);
  });
});
