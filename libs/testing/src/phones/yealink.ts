import { includedFiles, keyValueLines } from './key-value-lines.ts';
import { isHad, isMissing, type LineAccount, type PhoneKind, type ProvisioningSettings, type Storage } from './phone-kind.ts';

/** Codes of the common file by model; the firmware's first number is another thing. */
const CODES: Readonly<Record<string, number>> = { T46G: 28, T29G: 46, T48S: 65, T46S: 66, T42S: 67, T41S: 68, T53: 95, T54W: 96, T57W: 97, T43U: 107, T46U: 108, T48U: 109, T42U: 116, T31G: 123, T33G: 124, T77U: 188 };

/** Auto Provisioning Guide V81: own boot file, else the common one, then what it names; without one the common file and the own file. */
async function look({ mac, model, fetch, take }: Storage): Promise<boolean> {
  const code = CODES[model];
  if (code === undefined) throw new Error(`no code for the model ${model}; known: ${Object.keys(CODES).join(' ')}`);
  const common = `y${String(code).padStart(12, '0')}.cfg`;
  const own = `${mac}.cfg`;
  let boot = await fetch(`${mac}.boot`);
  if (isMissing(boot)) boot = await fetch('y000000000000.boot');
  if (!isHad(boot) && !isMissing(boot)) return false;
  const named = isHad(boot) ? includedFiles(boot.body.toString('utf8')).map((file) => file.replaceAll('$MAC', mac).replaceAll('$mac', mac)) : [];
  for (const file of named.length > 0 ? named : [common, own]) {
    const exchange = await fetch(file);
    if (isHad(exchange)) take(file, exchange);
    else if (!isMissing(exchange)) return false;
  }
  return true;
}

function account(settings: ReadonlyMap<string, string>): LineAccount | undefined {
  const of = (name: string): string => settings.get(`account.1.${name}`) ?? '';
  const userName = of('user_name');
  if (userName === '') return undefined;
  return { userName, authName: of('auth_name'), password: of('password'), displayName: of('display_name'), domain: of('sip_server.1.address'), outboundProxy: of('outbound_proxy.1.address') };
}

function provisioning(settings: ReadonlyMap<string, string>): ProvisioningSettings {
  const of = (name: string): string => settings.get(`static.auto_provision.${name}`) ?? settings.get(`auto_provision.${name}`) ?? '';
  const userName = of('server.username');
  return { url: of('server.url'), credential: userName === '' ? undefined : { userName, password: of('server.password') }, dhcp: of('dhcp_option.enable') !== '0' };
}

export const YEALINK: PhoneKind = {
  model: 'T46U',
  firmware: '108.86.0.90',
  userAgent: ({ mac, model, firmware }) => `Yealink SIP-${model} ${firmware} ${mac.replace(/(..)(?=.)/g, '$1:')}`,
  parse: keyValueLines,
  look,
  isOwn: (file, mac) => file.toLowerCase().endsWith(`${mac}.cfg`),
  namesFile: () => false,
  account,
  provisioning,
};
