import { InviteServerTransaction, LoggerFactory, NonInviteClientTransaction, NonInviteServerTransaction, Timers, TransactionState } from 'sip.js/lib/core/index.js';
import type { IncomingRequestMessage, IncomingResponseMessage, OutgoingRequestMessage } from 'sip.js/lib/core/index.js';

/**
 * The only file that knows sip.js (ADR 7): its transaction machines (RFC 3261 17, RFC 6026), fed with as much of its
 * message classes as they read. What they leave out, the repetitions over UDP, is done by who uses them.
 */

/** RFC 3261 17.1.1.1; shorter ones are for tests. */
export interface Timing {
  readonly t1: number;
  readonly t2: number;
  readonly t4: number;
}
export const STANDARD_TIMING: Timing = { t1: 500, t2: 4000, t4: 5000 };

/** sip.js has one set of timers for all; it reads them when it is called, so they are set before each call. */
export function setTimers({ t1, t4 }: Timing, reliable: boolean): void {
  Object.assign(Timers, {
    T1: t1, T4: t4, TIMER_B: 64 * t1, TIMER_F: 64 * t1, TIMER_H: 64 * t1, TIMER_L: 64 * t1,
    TIMER_D: reliable ? 0 : 64 * t1, TIMER_I: reliable ? 0 : t4, TIMER_J: reliable ? 0 : 64 * t1, TIMER_K: reliable ? 0 : t4,
  });
}

const silent = new LoggerFactory();
silent.builtinEnabled = false;

export type Machine = InviteServerTransaction | NonInviteServerTransaction;
export interface MachineUser {
  send(text: string): void;
  onState(state: TransactionState): void;
}

function transportOf(protocol: string, send: (text: string) => void): ConstructorParameters<typeof InviteServerTransaction>[1] {
  return {
    protocol,
    send: (text: string) => {
      send(text);
      return Promise.resolve();
    },
  };
}

export function serverMachine(method: string, branch: string, protocol: string, user: MachineUser): Machine {
  const request = seen(method, branch);
  const transport = transportOf(protocol, (text) => user.send(text));
  const owner = { loggerFactory: silent, onStateChange: (state: TransactionState) => user.onState(state) };
  return method === 'INVITE' ? new InviteServerTransaction(request, transport, owner) : new NonInviteServerTransaction(request, transport, owner);
}

/** The two fields that a server machine reads. */
export function seen(method: string, viaBranch: string): IncomingRequestMessage {
  return { method, viaBranch } as unknown as IncomingRequestMessage;
}

export function clientMachine(parts: { method: string; branch: string; text: string; protocol: string }, user: MachineUser & { onStatus(status: number): void; onTimeout(): void }): NonInviteClientTransaction {
  const request = { method: parts.method, setViaHeader: () => undefined, toString: () => parts.text } as unknown as OutgoingRequestMessage;
  return new NonInviteClientTransaction(request, transportOf(parts.protocol, (text) => user.send(text)), {
    loggerFactory: silent,
    onStateChange: (state) => user.onState(state),
    onRequestTimeout: () => user.onTimeout(),
    receiveResponse: ({ statusCode }) => user.onStatus(statusCode ?? 0),
  });
}

export function answerWith(status: number): IncomingResponseMessage {
  return { statusCode: status } as unknown as IncomingResponseMessage;
}

export { TransactionState };
export type { NonInviteClientTransaction };
