import type { z } from 'zod';
import { ConfigError, readConfig } from '@sfs/config';

/** EX_CONFIG of sysexits.h */
const EXIT_CONFIG = 78;

/** readConfig for a main.ts: prints every fault on its own line and ends the process. */
export function loadConfig<S extends z.ZodObject>(service: string, schema: S, env: Record<string, string | undefined>): z.infer<S> {
  try {
    return readConfig(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${service} cannot start, its configuration has ${error.faults.length} fault(s):\n${error.faults.map((fault) => `  ${fault}\n`).join('')}`);
    process.exit(EXIT_CONFIG);
  }
}
