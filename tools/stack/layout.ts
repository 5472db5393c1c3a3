import type { StackPorts } from './ports.ts';
import type { StackSecrets } from './secrets.ts';

/** Everything that differs between one local stack and another. */
export interface StackLayout {
  readonly dataDir: string;
  readonly ports: StackPorts;
  readonly secrets: StackSecrets;
  readonly commitLog: 'durable' | 'quick';
  /** evapi: replicas dial in to Kamailio; http: Kamailio asks the HTTP doors */
  readonly asking: 'evapi' | 'http';
}

export const site = 'site-a';
export const switchName = 'site-a';
/** A name, not the address: what is called at 127.0.0.1:PORT is then somebody else (a trunk), never one of our phones. */
export const sipDomain = 'site-a.example';
export const address = '127.0.0.1';
export const emergencyNumbers = ['112'];
/** Dialled to hear one's messages. */
export const voicemailAccessNumber = '5555';
export const trunks = { carrier: 'carrier', emergency: 'emergency' } as const;

export const secretsFileOf = (dataDir: string): string => `${dataDir}/secrets.json`;
/** Where voicemail keeps messages that Cassandra has not taken yet. */
export const spoolDirOf = (dataDir: string): string => `${dataDir}/voicemail/spool`;
export const logDirOf = (layout: StackLayout): string => `${layout.dataDir}/logs`;
export const httpUrl = (port: number): string => `http://${address}:${port}`;
export const phoneFilesPath = '/fs/dm/prov';
/** What phones are told: their files are below it. */
export const phoneFilesUrl = ({ ports }: Pick<StackLayout, 'ports'>): string => `${httpUrl(ports.phoneFiles)}${phoneFilesPath}`;
export const hostPort = (port: number): string => `${address}:${port}`;
