import { hostOf, runService } from '@sfs/service-host';
import { buildVoicemail } from './build-voicemail.ts';
import { startCalls } from './calls/start-calls.ts';
import { readEnvironment } from './config.ts';

const config = readEnvironment();
await runService({
  name: 'voicemail',
  config: hostOf(config),
  effective: config,
  token: config.SFS_SERVICE_TOKEN,
  build: (host) => buildVoicemail(config, host, { startCalls, mediaWorker: new URL('./media-worker.js', import.meta.url) }),
});
