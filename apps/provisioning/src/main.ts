import { hostOf, runService } from '@sfs/service-host';
import { buildProvisioning } from './build-provisioning.ts';
import { readEnvironment } from './config.ts';

const config = readEnvironment();
await runService({
  name: 'provisioning',
  config: hostOf(config),
  effective: config,
  token: config.SFS_SERVICE_TOKEN,
  build: (host) => buildProvisioning(config, host),
});
