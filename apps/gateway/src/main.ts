import { hostOf, loadConfig, runService } from '@sfs/service-host';
import { gatewayConfig } from './config.ts';
import { startGateway } from './start.ts';

const config = loadConfig('gateway', gatewayConfig, process.env);

await runService({ name: 'gateway', config: hostOf(config), effective: config, token: config.SFS_SERVICE_TOKEN, build: (host) => startGateway(config, host) });
