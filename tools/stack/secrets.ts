import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StackSecrets {
  readonly adminPassword: string;
  readonly envelopeKey: string;
  readonly pepper: string;
  readonly snapshotKey: string;
  readonly serviceToken: string;
  readonly registrarToken: string;
  readonly adapterToken: string;
  readonly routeSecret: string;
  /** mixed into every PIN's hash; losing it locks every mailbox */
  readonly voicemailPepper: string;
  /** phones' own credentials are derived from it; losing it locks every phone out */
  readonly devicesCredentialKey: string;
  /** of provisioning's door for SIP passwords, which device-management alone opens */
  readonly sipCredentialsToken: string;
  readonly sipPasswords: Readonly<Record<'1001' | '1002' | '1003', string>>;
  /** one-time PINs of the demo site's mailboxes, which voicemail says only once */
  readonly oneTimePins: Readonly<Record<string, string>>;
}

/** Made at the first start, kept for the next; readable by the owner alone. A file of an older release gains what it lacks. */
export function ensureSecrets(file: string): StackSecrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<StackSecrets>) : {};
  const made = makeSecrets();
  const secrets = { ...made, ...kept };
  if (Object.keys(made).some((name) => !(name in kept))) write(file, secrets);
  return secrets;
}

export function keepOneTimePin(file: string, mailbox: string, pin: string): void {
  const secrets = ensureSecrets(file);
  write(file, { ...secrets, oneTimePins: { ...secrets.oneTimePins, [mailbox]: pin } });
}

function write(file: string, secrets: StackSecrets): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function makeSecrets(): StackSecrets {
  const key = (): string => randomBytes(32).toString('base64');
  const token = (): string => randomBytes(24).toString('base64url');
  return {
    adminPassword: spoken(4),
    envelopeKey: key(),
    pepper: key(),
    snapshotKey: key(),
    serviceToken: token(),
    registrarToken: token(),
    adapterToken: token(),
    routeSecret: token(),
    voicemailPepper: key(),
    devicesCredentialKey: key(),
    sipCredentialsToken: token(),
    sipPasswords: { '1001': spoken(3), '1002': spoken(3), '1003': spoken(3) },
    oneTimePins: {},
  };
}

/** For people to type: groups of four, without letters that look alike (20 bits a group). */
function spoken(groups: number): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
