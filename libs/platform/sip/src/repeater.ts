/** Repeats until stopped: at once after `first`, then doubling up to `most`. */
export class Repeater {
  #timer: NodeJS.Timeout | undefined;

  start(first: number, most: number, act: () => void): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.start(Math.min(first * 2, most), most, act);
      act();
    }, first);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
