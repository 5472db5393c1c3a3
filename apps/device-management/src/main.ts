import { hostOf, runService } from '@sfs/service-host';
import { buildDeviceManagement } from './build-device-management.ts';
import { startCheckSync } from './check-sync/start-check-sync.ts';
import { readEnvironment } from './config.ts';
import { startConfigurations } from './configurations/start-configurations.ts';
import { startPhoneDoor } from './phone-files/phone-door.ts';

const config = readEnvironment();
await runService({
  name: 'device-management',
  config: hostOf(config),
  effective: config,
  token: config.SFS_SERVICE_TOKEN,
  build: (host) => buildDeviceManagement(config, host, { startCheckSync, startConfigurations, startPhoneDoor }),
});
