import assert from 'node:assert/strict';
import type { Overview, Switch } from '@sfs/rest-contract';
import { eventually } from '@sfs/testing';
import { httpUrl, site } from '../../../../tools/stack/layout.ts';
import { ask, question } from '../decisions.ts';
import { startEmptyReplica, type ExtraReplica } from '../empty-replica.ts';
import type { Story } from '../story.ts';
import { doorsOf } from '../world.ts';

const ELSEWHERE = 'story-elsewhere';

export function theHeartbeatTellsTheTruth(): Story {
  let replica: ExtraReplica | undefined;
  return {
    name: 'The heartbeat tells the truth',
    steps: [
      {
        says: 'GET /site-a answers 200 at both replicas, which can decide',
        async run({ layout }) {
          for (const door of doorsOf(layout)) assert.equal((await ask(door, '', 'GET')).status, 200);
        },
      },
      {
        says: 'a replica that has nothing to decide with answers 503, and 500 to a question',
        async run({ layout }) {
          replica = await startEmptyReplica(layout);
          assert.equal((await ask(replica.door, '', 'GET')).status, 503);
          assert.equal((await ask(replica.door, question('1001', '1002'))).status, 500);
          return 'heartbeat 503, question 500: the SIP server asks another';
        },
      },
      {
        says: 'each wrong request gets the status that a SIP server understands',
        async run({ layout }) {
          const [door] = doorsOf(layout);
          const unknown = httpUrl(layout.ports.dialPlanAHttp);
          assert.equal((await ask(door, '{"callId":')).status, 400);
          assert.equal((await ask(`${unknown}/nowhere`, question('1001', '1002'))).status, 404);
          assert.equal((await ask(door, question('1001', '1002'), 'PUT')).status, 501);
          return 'malformed 400, unknown switch 404, unknown operation 501';
        },
      },
      {
        says: 'a request for a switch that is not bound here is refused, and seen in the overview',
        async run({ admin, layout }) {
          const { body } = await admin.get<{ items: Switch[] }>('/switches');
          if (!body.items.some(({ id }) => id === ELSEWHERE)) await admin.post('/switches', { id: ELSEWHERE, displayName: 'Story: bound elsewhere', siteId: site, sipDomain: 'elsewhere.example' });
          const door = `${httpUrl(layout.ports.dialPlanAHttp)}/${ELSEWHERE}`;
          const asked = question('1001', '1002');
          await eventually('the switch is known and refused with 500', async () => ((await ask(door, asked)).status === 500 ? true : undefined));
          await eventually('the refusal is in the overview', async () => {
            const { replicas } = (await admin.get<Overview>('/overview')).body;
            return replicas.flatMap(({ refusals }) => refusals).find(({ switchId }) => switchId === ELSEWHERE);
          });
          return '500, logged, listed under the replica that refused';
        },
      },
    ],
    async cleanUp() {
      await replica?.stop();
    },
  };
}
