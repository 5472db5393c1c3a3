export { ConfigError, readConfig } from './read-config.ts';
export { Secret, secret, secretKey } from './secret.ts';
export { flag, list, mapping, port, redacted, variableTable } from './variables.ts';
