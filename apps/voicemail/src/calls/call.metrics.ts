import type { Media } from '@sfs/media';
import type { SipEndpoint } from '@sfs/sip';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { RunObserver } from './dialogue-run.ts';

/** among the endpoint's counters, but no count */
const OPEN = 'open_transactions';

/** What calls count. Nothing here names a mailbox or a caller. */
export class CallMetrics implements RunObserver {
  readonly #registry: Registry;
  readonly #ended: Counter;
  readonly #refused: Counter;
  readonly #deposits: Counter;
  readonly #pins: Counter;
  readonly #digits: Counter;
  readonly #lost: Counter;

  constructor(registry: Registry) {
    this.#registry = registry;
    const counter = (name: string, help: string, labelNames: string[] = []): Counter => new Counter({ name, help, labelNames, registers: [registry] });
    this.#ended = counter('sfs_voicemail_calls_total', 'Calls that were answered, by kind and by what ended them', ['kind', 'end']);
    this.#refused = counter('sfs_voicemail_calls_refused_total', 'Calls that were not answered', ['status']);
    this.#deposits = counter('sfs_voicemail_deposits_total', 'Messages by what became of them', ['result']);
    this.#pins = counter('sfs_voicemail_pin_checks_total', 'PINs entered by telephone', ['result']);
    this.#digits = counter('sfs_voicemail_digits_total', 'Digits dialled');
    this.#lost = counter('sfs_voicemail_packets_lost_total', 'Packets missing in recordings');
  }

  ended(call: { readonly kind: string; readonly end: string; readonly digits: number; readonly packetsLost: number }): void {
    this.#ended.inc({ kind: call.kind, end: call.end });
    this.#digits.inc(call.digits);
    this.#lost.inc(call.packetsLost);
  }

  refused(status: number): void {
    this.#refused.inc({ status: String(status) });
  }

  deposit(result: string): void {
    this.#deposits.inc({ result });
  }

  pin(result: string): void {
    this.#pins.inc({ result });
  }

  /** What the libs know is read when somebody scrapes. */
  watch(media: Media, endpoint: SipEndpoint): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'sfs_voicemail_calls',
      help: 'Calls now',
      registers,
      collect() {
        this.set(endpoint.calls);
      },
    });
    new Gauge({
      name: 'sfs_voicemail_rtp_spacing_ms',
      help: 'Time between two packets of a stream, 20 when all is well',
      labelNames: ['quantile'],
      registers,
      async collect() {
        const { spacingMs } = await media.stats();
        for (const [quantile, ms] of Object.entries(spacingMs)) this.set({ quantile }, ms);
      },
    });
    new Counter({
      name: 'sfs_voicemail_sip_total',
      help: 'What the SIP endpoint has seen',
      labelNames: ['event'],
      registers,
      collect() {
        this.reset();
        for (const [event, count] of Object.entries(endpoint.counters())) if (event !== OPEN) this.inc({ event }, count);
      },
    });
    new Gauge({
      name: 'sfs_voicemail_sip_open_transactions',
      help: 'SIP transactions that are not over, up to 32 s after their answer',
      registers,
      collect() {
        this.set(endpoint.counters()[OPEN] ?? 0);
      },
    });
  }
}
