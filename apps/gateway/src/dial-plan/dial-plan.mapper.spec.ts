import { Partition, SwitchSettings } from '@sfs/contracts';
import { partition, switchSettings, writePartition } from '@sfs/rest-contract';
import { describe, expect, it } from 'vitest';
import { partitionMessage, partitionOf, switchSettingsMessage, switchSettingsOf } from './dial-plan.mapper.ts';

describe('dial plan', () => {
  it.each([
    [{ kind: 'extension' }],
    [{ kind: 'trunk', trunks: ['pstn', 'backup'], stripDigits: 1, prefix: '+49' }],
    [{ kind: 'block', code: 603, reason: 'Decline' }],
  ])('partitions survive the way to the service and back: %j', (action) => {
    const written = writePartition.parse({ name: 'Out', patterns: ['9X.'], action });
    const back = partitionOf(Partition.decode(Partition.encode(partitionMessage('out', written)).finish()));
    expect(partition.parse(back)).toEqual({ meta: { version: 0, tag: '', changedAt: '', actor: '' }, id: 'out', ...written });
  });

  it('switch settings survive the way to the service and back', () => {
    const written = { active: true, defaultProfileId: 'staff', inboundProfileId: '', emergency: { numbers: ['112'], trunk: 'pstn' }, trunks: [{ name: 'pstn', uri: 'sip:192.0.2.1:5060' }], maxForwards: 5, voicemail: { targets: ['sip:192.0.2.20:5070'], accessNumber: '5555' } };
    const back = switchSettingsOf(SwitchSettings.decode(SwitchSettings.encode(switchSettingsMessage(written)).finish()));
    expect(switchSettings.parse(back)).toMatchObject(written);
  });
});
