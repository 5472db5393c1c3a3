import { hostOf, runService } from '@sfs/service-host';
import { buildVoicemail } from './build-voicemail.ts';
import { readEnvironment } from './config.ts';

const config = readEnvironment();
await runService({
  name: 'voicemail',
  config: hostOf(config),
  effective: config,
  token: config.SFS_SERVICE_TOKEN,
  build: (host) => buildVoicemail(config, host),
});
