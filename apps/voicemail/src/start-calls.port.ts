import type { Check, ServiceHost } from '@sfs/service-host';
import type { Config } from './config.ts';
import type { Deposits } from './deposits/deposits.port.ts';
import type { Directory } from './directory/directory.port.ts';
import type { Greetings } from './greetings/greetings.port.ts';
import type { Lamps } from './lamps/lamps.port.ts';
import type { Messages } from './messages/messages.port.ts';
import type { Pins } from './pins/pins.port.ts';

/** What the telephone side works with. */
export interface CallParts {
  readonly config: Config;
  readonly host: ServiceHost;
  /** the media worker's file in a built service; undefined = the source */
  readonly mediaWorker: URL | undefined;
  readonly deposits: Deposits;
  readonly pins: Pins;
  readonly messages: Messages;
  readonly greetings: Greetings;
  readonly directory: Directory;
  readonly lamps: Lamps;
  /** Tells of each mailbox whose counts this process may have changed; comes again and again, so count anew each time. Other replicas' changes are on Kafka. */
  onTouched(listener: (tenant: string, mailbox: string) => void): void;
  /** Every mailbox there is, for a sweep of the lamps. */
  mailboxes(): AsyncIterable<{ readonly tenant: string; readonly mailbox: string }>;
}

export interface RunningCalls {
  health(): readonly Check[];
  /** New calls are refused, the running ones come to their end. */
  drain(): Promise<void>;
  /** Ends what is left: recordings become messages marked truncated. */
  stop(): Promise<void>;
}

/** src/calls/start-calls.ts */
export type StartCalls = (parts: CallParts) => Promise<RunningCalls>;
