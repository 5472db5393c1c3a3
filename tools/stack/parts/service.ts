import { existsSync, mkdirSync } from 'node:fs';
import { httpUrl, type StackLayout } from '../layout.ts';
import type { Part } from '../part.ts';
import { paths } from '../paths.ts';
import { httpStatus } from '../probe.ts';
import { environmentOf, managementPortOf, type Environment, type ServiceName } from '../service-environment.ts';
import { StackError } from '../stack-error.ts';

/** One of our services as a plain process. Live is enough to go on: a dial-plan replica is ready only once its switch exists. */
export function servicePart(name: ServiceName, layout: StackLayout, changes: () => Environment = () => ({})): Part {
  const main = `${paths.apps}/${appOf(name)}/main.js`;
  const live = `${httpUrl(managementPortOf(name, layout))}/health/live`;
  return {
    name,
    readyLimitMs: 120_000,
    stopLimitMs: 12_000,
    async prepare() {
      if (!existsSync(main)) throw new StackError(`${main} is missing; build it: nx run ${appOf(name)}:build`);
      mkdirSync(`${layout.dataDir}/${name}`, { recursive: true, mode: 0o700 });
      return {
        file: process.execPath,
        args: ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', main],
        env: { ...environmentOf(name, layout), NODE_ENV: 'production', ...changes() },
        cwd: paths.root,
      };
    },
    isReady: async () => (await httpStatus(live)) === 200,
  };
}

/** Ready is what the service itself says: it can answer now. */
export async function isServiceReady(name: ServiceName, layout: StackLayout): Promise<boolean> {
  return (await httpStatus(`${httpUrl(managementPortOf(name, layout))}/health/ready`)) === 200;
}

function appOf(name: ServiceName): string {
  return name.replace(/-[AB]$/, '');
}
