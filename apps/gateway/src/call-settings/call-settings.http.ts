import { SettingsLayer } from '@sfs/contracts';
import { call, type CallContext } from '@sfs/grpc';
import type { CallSettings, CallSettingsView } from '@sfs/rest-contract';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { settingsMessage, viewOf } from './call-settings.mapper.ts';

export type CallSettingsHandlers = Pick<
  Handlers,
  'getUserCallSettings' | 'putUserCallSettings' | 'getTenantCallSettings' | 'putTenantCallSettings' | 'getSiteCallSettings' | 'putSiteCallSettings'
>;

interface Put {
  readonly context: CallContext;
  readonly body: CallSettings;
  readonly expectedTag: string;
  readonly idempotencyKey: string;
}

const { TENANT, SITE, USER } = SettingsLayer;

export function callSettingsHandlers({ callSettings, read, write }: Neighbours): CallSettingsHandlers {
  const get = async (layer: SettingsLayer, id: string, context: CallContext): Promise<CallSettingsView> => viewOf(await call(callSettings, 'getCallSettings', { layer, id }, context, read));
  const put = async (layer: SettingsLayer, id: string, { context, body, expectedTag, idempotencyKey }: Put): Promise<CallSettingsView> =>
    viewOf(await call(callSettings, 'updateCallSettings', { layer, id, settings: settingsMessage(body), expectedTag, idempotencyKey }, context, write));
  return {
    getUserCallSettings: ({ params, context }) => get(USER, params.id, context),
    putUserCallSettings: (incoming) => put(USER, incoming.params.id, incoming),
    getTenantCallSettings: ({ context }) => get(TENANT, '', context),
    putTenantCallSettings: (incoming) => put(TENANT, '', incoming),
    getSiteCallSettings: ({ params, context }) => get(SITE, params.id, context),
    putSiteCallSettings: (incoming) => put(SITE, incoming.params.id, incoming),
  };
}
