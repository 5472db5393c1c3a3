import { call } from '@sfs/grpc';
import type { Neighbours } from '../clients/clients.ts';
import { present } from '../clients/meta.mapper.ts';
import type { Handlers } from '../http/handlers.ts';
import { issueOf, partitionMessage, partitionOf, profileOf, switchSettingsMessage, switchSettingsOf } from './dial-plan.mapper.ts';

export type DialPlanHandlers = Pick<Handlers, 'getDialPlan' | 'putPartition' | 'deletePartition' | 'putCallingProfile' | 'deleteCallingProfile' | 'putSwitchSettings'>;

export function dialPlanHandlers({ replicas, read, write }: Neighbours): DialPlanHandlers {
  return {
    getDialPlan: async ({ context, params }) => {
      const { partitions, callingProfiles, settings, issues } = await replicas.read(({ plan }) => call(plan, 'getPlan', params, context, read));
      return { partitions: partitions.map(partitionOf), callingProfiles: callingProfiles.map(profileOf), settings: switchSettingsOf(settings), issues: issues.map(issueOf) };
    },
    putPartition: async ({ context, params: { switchId, id }, body, expectedTag, idempotencyKey }) => {
      const request = { switchId, partition: partitionMessage(id, body), expectedTag, idempotencyKey };
      return partitionOf(present((await replicas.write(({ plan }) => call(plan, 'putPartition', request, context, write))).partition));
    },
    deletePartition: async ({ context, params, expectedTag }) => {
      await replicas.write(({ plan }) => call(plan, 'deletePartition', { ...params, expectedTag }, context, write));
    },
    putCallingProfile: async ({ context, params: { switchId, id }, body, expectedTag, idempotencyKey }) => {
      const request = { switchId, callingProfile: { meta: undefined, id, ...body }, expectedTag, idempotencyKey };
      return profileOf(present((await replicas.write(({ plan }) => call(plan, 'putCallingProfile', request, context, write))).callingProfile));
    },
    deleteCallingProfile: async ({ context, params, expectedTag }) => {
      await replicas.write(({ plan }) => call(plan, 'deleteCallingProfile', { ...params, expectedTag }, context, write));
    },
    putSwitchSettings: async ({ context, params: { switchId }, body, expectedTag, idempotencyKey }) => {
      const request = { switchId, settings: switchSettingsMessage(body), expectedTag, idempotencyKey };
      return switchSettingsOf(present((await replicas.write(({ plan }) => call(plan, 'putSwitchSettings', request, context, write))).settings));
    },
  };
}
