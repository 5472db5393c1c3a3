import { hostOf, loadConfig, runService } from '@sfs/service-host';
import { buildDialPlan } from './build.ts';
import { dialPlanConfig } from './config.ts';

const config = loadConfig('dial-plan', dialPlanConfig, process.env);

await runService({
  name: 'dial-plan',
  config: hostOf(config),
  effective: config,
  token: config.SFS_SERVICE_TOKEN,
  build: (host) => buildDialPlan(host, config, { url: new URL('./compiler-thread.js', import.meta.url) }),
});
