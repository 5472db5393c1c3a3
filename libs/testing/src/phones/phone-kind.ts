import type { Credential, Exchange, FetchOrder } from './file-fetcher.ts';

/** Line 1 as the file says. */
export interface LineAccount {
  readonly userName: string;
  readonly authName: string;
  readonly password: string;
  readonly displayName: string;
  /** SIP domain or server */
  readonly domain: string;
  readonly outboundProxy: string;
}

/** Where the phone looks next time. */
export interface ProvisioningSettings {
  readonly url?: string | undefined;
  readonly credential?: Credential | undefined;
  /** DHCP may still name the server */
  readonly dhcp: boolean;
}

/** What a pass over the files may do. File names are relative to the provisioning URL. */
export interface Storage {
  readonly mac: string;
  readonly model: string;
  fetch(file: string, order?: FetchOrder): Promise<Exchange>;
  /** Takes the settings of a file, now or as it is remembered (304). */
  take(file: string, exchange: Exchange): void;
}

/** What differs between vendors. */
export interface PhoneKind {
  readonly model: string;
  readonly firmware: string;
  userAgent(phone: { mac: string; model: string; firmware: string }): string;
  parse(text: string): Map<string, string>;
  /** false: a file that must be there could not be had; nothing is taken over */
  look(storage: Storage): Promise<boolean>;
  isOwn(file: string, mac: string): boolean;
  /** the URL itself is the configuration file */
  namesFile(url: string): boolean;
  account(settings: ReadonlyMap<string, string>): LineAccount | undefined;
  provisioning(settings: ReadonlyMap<string, string>): ProvisioningSettings;
}

/** Has the content: just fetched, or the same as before. */
export const isHad = ({ status }: Exchange): boolean => status === 200 || status === 304;

/** A phone goes on without a file that is not there; anything else means: try again later. */
export const isMissing = ({ status }: Exchange): boolean => status === 404;
