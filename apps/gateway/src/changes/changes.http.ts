import { call, type CallContext } from '@sfs/grpc';
import type { Change } from '@sfs/rest-contract';
import type { AuditStore } from '../audit/audit.store.ts';
import type { Neighbours } from '../clients/clients.ts';
import type { Handlers } from '../http/handlers.ts';
import { fromAudit, fromDevices, fromPlan, fromProvisioning, fromVoicemail } from './changes.mapper.ts';
import { type ChangesSource, mergePages } from './merge-pages.ts';

export function changesHandlers(neighbours: Neighbours, audit: AuditStore): Pick<Handlers, 'listChanges'> {
  return {
    listChanges: async ({ context, query }) => {
      const { q = '', pageSize, pageToken = '' } = query;
      const page = await mergePages(sourcesOf(neighbours, audit, context), pageToken, pageSize);
      return { items: page.items.filter((change) => mentions(change, q.toLowerCase())), nextPageToken: page.nextPageToken };
    },
  };
}

function sourcesOf({ changes, replicas, voicemail, devices: deviceReplicas, read }: Neighbours, audit: AuditStore, context: CallContext): ChangesSource[] {
  return [
    {
      name: 'provisioning',
      page: async (pageToken, pageSize) => {
        const page = await call(changes, 'listChanges', { kind: '', entityId: '', pageSize, pageToken }, context, read);
        return { items: page.changes.map(fromProvisioning), nextPageToken: page.nextPageToken };
      },
    },
    {
      name: 'dialplan',
      page: async (pageToken, pageSize) => {
        const page = await replicas.read(({ plan }) => call(plan, 'listPlanChanges', { pageSize, pageToken }, context, read));
        return { items: page.changes.map(fromPlan), nextPageToken: page.nextPageToken };
      },
    },
    // A deployment without voicemail or phones has no changes of them.
    ...(voicemail.all.length === 0 ? [] : [{
      name: 'voicemail',
      page: async (pageToken: string, pageSize: number) => {
        const page = await voicemail.read(({ mailboxes }) => call(mailboxes, 'listMailboxChanges', { entityId: '', pageSize, pageToken }, context, read));
        return { items: page.changes.map(fromVoicemail), nextPageToken: page.nextPageToken };
      },
    }]),
    ...(deviceReplicas.all.length === 0 ? [] : [{
      name: 'devices',
      page: async (pageToken: string, pageSize: number) => {
        const page = await deviceReplicas.read(({ devices }) => call(devices, 'listDeviceChanges', { entityId: '', pageSize, pageToken }, context, read));
        return { items: page.changes.map(fromDevices), nextPageToken: page.nextPageToken };
      },
    }]),
    {
      name: 'gateway',
      page: async (pageToken, pageSize) => {
        const page = await audit.list(context.tenant, pageToken, pageSize);
        return { items: page.items.map(fromAudit), nextPageToken: page.nextPageToken };
      },
    },
  ];
}

/** A filtered page may be short or empty; the next page token tells whether there is more. */
function mentions({ actor, kind, entityId }: Change, text: string): boolean {
  return text === '' || [actor, kind, entityId].some((field) => field.toLowerCase().includes(text));
}
