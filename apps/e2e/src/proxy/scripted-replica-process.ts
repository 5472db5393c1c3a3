// A replica as a process of its own, to be killed and stopped. NAME PORT TOKEN TARGET: every call rings TARGET.
import { adapterReplica, aPlan } from './scripted-replica.ts';

const [name = '', port = '', token = '', target = ''] = process.argv.slice(2);
adapterReplica({ name, port: Number(port), token, decide: () => aPlan([{ ring: [target], timeout: 30 }]) });
