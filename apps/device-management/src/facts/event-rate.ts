const PER_MINUTE = 30;
const MINUTE_MS = 60_000;
/** more devices than this in one minute: the others have to do without a timeline until the next */
const LIMIT = 50_000;

/** A phone that asks in a circle must not fill its timeline: at most 30 lines a minute. */
export class EventRate {
  #minute = 0;
  #counts = new Map<string, number>();

  admits(mac: string, now: number): boolean {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts = new Map();
    }
    const count = this.#counts.get(mac) ?? 0;
    if (count >= PER_MINUTE || (count === 0 && this.#counts.size >= LIMIT)) return false;
    this.#counts.set(mac, count + 1);
    return true;
  }
}
