import { SipPhone, eventually } from '@sfs/testing';
import type { DeletedUser, DirectoryNumber, Meta, SipPassword, User } from '@sfs/rest-contract';
import { site, switchName } from '../../../tools/stack/layout.ts';
import { sipServerOf, type World } from './world.ts';

/** A user with one number and the phone that registers with it. */
export interface Player {
  readonly number: string;
  readonly userId: string;
  readonly password: string;
  readonly phone: SipPhone;
}

const numbers = `/switches/${switchName}/numbers`;

/** Creates a user with a number and a SIP password through REST, as an administrator does, and opens its phone. */
export async function hire(world: World, number: string, displayName: string): Promise<Player> {
  await dismissNumber(world, number);
  const user = await world.admin.post<User>('/users', { displayName, siteId: site });
  await world.admin.post(numbers, { number, userId: user.body.id });
  const { body } = await world.admin.post<SipPassword>(`${numbers}/${number}/sip-password`, {});
  const phone = await openPhone(world, number, body.password);
  return { number, userId: user.body.id, password: body.password, phone };
}

export function openPhone({ layout }: World, user: string, password: string): Promise<SipPhone> {
  const { host, port, domain } = sipServerOf(layout);
  return SipPhone.open({ user, domain, password, proxy: { host, port } });
}

/** Plays what stands at the other end of a trunk: its address and port are what the proxy knows it by. */
export function openTrunk({ layout }: World, which: 'trunk' | 'emergencyTrunk'): Promise<SipPhone> {
  const { host, port } = sipServerOf(layout);
  return SipPhone.open({ user: '+4930000000', domain: 'carrier.example', proxy: { host, port }, port: layout.ports[which] });
}

/** Registers; the credential reaches the registrar a moment after it is set. */
export async function register(phone: SipPhone): Promise<void> {
  await eventually(`${phone.user} registers`, async () => {
    const { status } = await phone.register();
    if (status !== 200) throw new Error(`answered ${status}`);
    return true;
  }, 10_000);
}

export async function rename({ admin }: World, { userId }: Player, displayName: string): Promise<void> {
  const { meta } = (await admin.get<User>(`/users/${userId}`)).body;
  await admin.replace(`/users/${userId}`, { displayName, siteId: site }, meta.tag);
}

/** Removes what an earlier, broken run may have left as well. */
export async function dismiss(world: World, players: readonly (Player | undefined)[]): Promise<void> {
  for (const player of players) {
    if (!player) continue;
    await player.phone.unregister().catch(() => undefined);
    await player.phone.close();
    await dismissNumber(world, player.number);
  }
}

async function dismissNumber({ admin }: World, number: string): Promise<void> {
  const existing = await admin.find<DirectoryNumber>(`${numbers}/${number}`);
  if (!existing) return;
  await admin.remove(`${numbers}/${number}`, existing.meta.tag);
  const user = existing.userId === '' ? undefined : await admin.find<{ meta: Meta }>(`/users/${existing.userId}`);
  if (user) await admin.remove<DeletedUser>(`/users/${existing.userId}`, user.meta.tag);
}
