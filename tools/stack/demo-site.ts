import { loadDemoDevices } from './demo-devices.ts';
import { emergencyNumbers, hostPort, httpUrl, secretsFileOf, sipDomain, site, switchName, trunks, voicemailAccessNumber, type StackLayout } from './layout.ts';
import { RestClient } from './rest-client.ts';
import { ensureSecrets, keepOneTimePin } from './secrets.ts';

interface Items<T> {
  readonly items: readonly T[];
}
interface Named {
  readonly id: string;
}
interface NumberView {
  readonly userId: string;
  readonly hasSipPassword: boolean;
}

export const demoPhones = [
  { number: '1001', displayName: 'Ada Lindgren' },
  { number: '1002', displayName: 'Ben Okafor' },
  { number: '1003', displayName: 'Cleo Marini' },
] as const;

const partitions = {
  extensions: { name: 'Extensions', patterns: ['1XXX'], action: { kind: 'extension' } },
  outside: { name: 'Outside lines', patterns: ['0X.'], action: { kind: 'trunk', trunks: [trunks.carrier], stripDigits: 1 } },
  premium: { name: 'Premium numbers', patterns: ['00900.'], action: { kind: 'block', code: 403, reason: 'Premium numbers are blocked' } },
};
const profiles = {
  standard: { name: 'Standard', partitionIds: ['extensions', 'outside', 'premium'] },
  inbound: { name: 'Calls from outside', partitionIds: ['extensions'] },
};

/** A small site to try things on, made through REST as an administrator would. What exists already is left as it is. Answers whether anything was new. */
export async function loadDemoSite(layout: StackLayout): Promise<boolean> {
  const client = new RestClient(httpUrl(layout.ports.gatewayHttp));
  await client.signIn('admin', layout.secrets.adminPassword);
  const made = [await topology(client), await plan(client, layout)];
  for (const phone of demoPhones) made.push(await phoneOf(client, phone, layout.secrets.sipPasswords[phone.number]));
  made.push(await voicemail(client, layout));
  made.push(await loadDemoDevices(client, layout));
  return made.includes(true);
}

async function topology(client: RestClient): Promise<boolean> {
  const madeSite = await createOnce(client, '/sites', { id: site, displayName: 'Site A' });
  const madeSwitch = await createOnce(client, '/switches', { id: switchName, displayName: 'Switch A', siteId: site, sipDomain });
  if (madeSwitch) await client.get(`/effects?kind=switch&entityId=${switchName}&version=1&timeoutMs=10000`);
  return madeSite || madeSwitch;
}

async function createOnce(client: RestClient, path: string, thing: Named & Readonly<Record<string, string>>): Promise<boolean> {
  const { body } = await client.get<Items<Named>>(path);
  if (body.items.some(({ id }) => id === thing.id)) return false;
  await client.post(path, thing);
  return true;
}

async function plan(client: RestClient, { ports }: StackLayout): Promise<boolean> {
  const root = `/switches/${switchName}`;
  const made: boolean[] = [];
  const settings = {
    emergency: { numbers: emergencyNumbers, trunk: trunks.emergency },
    trunks: [
      { name: trunks.carrier, uri: `sip:${hostPort(ports.trunk)}` },
      { name: trunks.emergency, uri: `sip:${hostPort(ports.emergencyTrunk)}` },
    ],
  };
  // in this order each thing refers only to what is there: trunks, partitions, profiles, then the profiles' use
  const fresh = await client.createByPut(`${root}/dial-plan-settings`, settings);
  for (const [id, partition] of Object.entries(partitions)) made.push(await client.createByPut(`${root}/partitions/${id}`, partition));
  for (const [id, profile] of Object.entries(profiles)) made.push(await client.createByPut(`${root}/calling-profiles/${id}`, profile));
  if (fresh) await useProfiles(client, settings);
  return fresh || made.includes(true);
}

async function useProfiles(client: RestClient, settings: object): Promise<void> {
  const path = `/switches/${switchName}/dial-plan`;
  const { body } = await client.get<{ settings: { meta: { tag: string } } }>(path);
  const withProfiles = { ...settings, defaultProfileId: 'standard', inboundProfileId: 'inbound' };
  await client.replace(`/switches/${switchName}/dial-plan-settings`, withProfiles, body.settings.meta.tag);
}

async function phoneOf(client: RestClient, phone: (typeof demoPhones)[number], password: string): Promise<boolean> {
  const root = `/switches/${switchName}/numbers`;
  const existing = await client.find<NumberView>(`${root}/${phone.number}`);
  if (!existing) {
    const user = await client.post<Named>('/users', { displayName: phone.displayName, siteId: site });
    await client.post(root, { number: phone.number, userId: user.body.id });
  }
  if (existing?.hasSipPassword) return false;
  await client.post(`${root}/${phone.number}/sip-password`, { password });
  return true;
}

interface SettingsView {
  readonly meta: { readonly tag: string };
  readonly voicemail: { readonly targets: readonly string[] };
}

/** A mailbox for each user, and the way there; also for a site that an older release has made. */
async function voicemail(client: RestClient, { dataDir, ports }: StackLayout): Promise<boolean> {
  const missing = [];
  for (const { number } of demoPhones) if (!(await keptMailbox(client, dataDir, number))) missing.push(number);
  if (missing.length === demoPhones.length) await useVoicemail(client, `sip:${hostPort(ports.voicemailSip)}`);
  for (const number of missing) {
    const { body } = await client.get<NumberView>(`/switches/${switchName}/numbers/${number}`);
    const mailbox = await client.post<{ oneTimePin: string }>('/mailboxes', { number, userId: body.userId });
    keepOneTimePin(secretsFileOf(dataDir), number, mailbox.body.oneTimePin);
  }
  return missing.length > 0;
}

/** A start that was ended between the mailbox and its PIN leaves one that nobody can open. */
async function keptMailbox(client: RestClient, dataDir: string, number: string): Promise<boolean> {
  const mailbox = await client.find<{ pinMustChange: boolean }>(`/mailboxes/${number}`);
  if (!mailbox) return false;
  const file = secretsFileOf(dataDir);
  if (!mailbox.pinMustChange || ensureSecrets(file).oneTimePins[number] !== undefined) return true;
  keepOneTimePin(file, number, (await client.post<{ oneTimePin: string }>(`/mailboxes/${number}/pin`)).body.oneTimePin);
  return true;
}

async function useVoicemail(client: RestClient, target: string): Promise<void> {
  const { body } = await client.get<{ settings: SettingsView }>(`/switches/${switchName}/dial-plan`);
  const { meta, ...settings } = body.settings;
  if (settings.voicemail.targets.length > 0) return;
  await client.replace(`/switches/${switchName}/dial-plan-settings`, { ...settings, voicemail: { targets: [target], accessNumber: voicemailAccessNumber } }, meta.tag);
}
