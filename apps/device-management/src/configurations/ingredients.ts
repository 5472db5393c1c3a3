import type { Secret } from '@sfs/config';
import { effectiveDeviceSettings, renderOwn, type Pack, type RenderedFile } from '@sfs/phone-config';
import { adminPasswordOf, credentialOf } from '../credentials/credentials.ts';
import type { KnownDevice, SettingsAbove } from '../devices/known-devices.port.ts';
import type { Line } from '../directory/directory.port.ts';
import type { SipAccount } from './sip-passwords.port.ts';

/** All that a device's own file is rendered from. */
export interface Ingredients {
  readonly device: KnownDevice;
  readonly above: SettingsAbove;
  readonly line: Line;
  readonly account: SipAccount;
  readonly pack: Pack;
}

export interface RenderOptions {
  readonly credentialKey: Secret;
  /** without a slash at its end */
  readonly publicUrl: string;
}

/** Equal ingredients give equal bytes. */
export function renderIngredients({ device, above, line, account, pack }: Ingredients, { credentialKey, publicUrl }: RenderOptions): RenderedFile {
  const { tenant, mac, model, label, settings, credentialGeneration: generation } = device;
  return renderOwn(pack, {
    mac,
    model,
    label,
    line: { number: line.number, userName: account.userName, password: account.password, displayName: line.displayName, sipDomain: account.sipDomain },
    credential: credentialOf(credentialKey, { tenant, mac, generation }),
    adminPassword: adminPasswordOf(credentialKey, { tenant, mac }),
    urls: { enrolled: `${publicUrl}/enrolled` },
    effective: effectiveDeviceSettings({ ...above, device: settings }),
  });
}
