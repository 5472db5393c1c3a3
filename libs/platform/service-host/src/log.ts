import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

/** One JSON line an event on stdout, with service, site and instance. */
export function createLog(service: string, config: { site: string; instance: string; logLevel: string }): Logger {
  return pino({
    level: config.logLevel,
    base: { service, site: config.site, instance: config.instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}

/** Nest's own words go through the same log; its start-up chatter only at debug. */
export function nestLog(log: Logger): LoggerService {
  const words = (parts: unknown[]): [object, string] => {
    const [message, ...rest] = parts;
    return [{ nest: rest.map(String).join(' ') }, message instanceof Error ? (message.stack ?? message.message) : String(message)];
  };
  return {
    log: (...parts: unknown[]) => log.debug(...words(parts)),
    error: (...parts: unknown[]) => log.error(...words(parts)),
    warn: (...parts: unknown[]) => log.warn(...words(parts)),
    debug: (...parts: unknown[]) => log.debug(...words(parts)),
    verbose: (...parts: unknown[]) => log.trace(...words(parts)),
    fatal: (...parts: unknown[]) => log.fatal(...words(parts)),
  };
}
