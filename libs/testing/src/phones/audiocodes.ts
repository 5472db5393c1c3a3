import { keyValueLines } from './key-value-lines.ts';
import { isHad, isMissing, type LineAccount, type PhoneKind, type ProvisioningSettings, type Storage } from './phone-kind.ts';

/** Administrator's Manual: the firmware's header first, then the configuration. Firmwares differ in the case of the MAC, so both are tried. */
async function look({ mac, model, fetch, take }: Storage): Promise<boolean> {
  const firmware = await fetch(`${model}.img`, { method: 'HEAD' });
  if (!isHad(firmware) && !isMissing(firmware)) return false;
  for (const file of [`${mac.toUpperCase()}.cfg`, `${mac}.cfg`]) {
    const exchange = await fetch(file);
    if (isHad(exchange)) {
      take(file, exchange);
      return true;
    }
    if (!isMissing(exchange)) return false;
  }
  return false;
}

function account(settings: ReadonlyMap<string, string>): LineAccount | undefined {
  const of = (name: string): string => settings.get(`voip/${name}`) ?? '';
  const userName = of('line/0/id');
  if (userName === '') return undefined;
  const proxy = of('signalling/sip/sip_outbound_proxy/addr');
  return { userName, authName: of('line/0/auth_name'), password: of('line/0/auth_password'), displayName: of('line/0/description'), domain: of('signalling/sip/proxy_address'), outboundProxy: proxy };
}

function provisioning(settings: ReadonlyMap<string, string>): ProvisioningSettings {
  const of = (name: string): string => settings.get(`provisioning/${name}`) ?? '';
  const userName = of('configuration/http_auth/user_name');
  return { url: of('configuration/url'), credential: userName === '' ? undefined : { userName, password: of('configuration/http_auth/password') }, dhcp: of('method').toUpperCase() !== 'STATIC' };
}

export const AUDIOCODES: PhoneKind = {
  model: '440HD',
  firmware: '2.2.16.142',
  userAgent: ({ mac, model, firmware }) => `AUDC-IPPhone/${firmware} (${model}-Rev0; ${mac.toUpperCase()})`,
  parse: keyValueLines,
  look,
  isOwn: (file, mac) => file.toLowerCase().endsWith(`${mac}.cfg`),
  namesFile: (url) => /\.(cfg|txt)$/i.test(new URL(url).pathname),
  account,
  provisioning,
};
