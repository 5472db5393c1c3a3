/** Hearing this much counts as heard; a shorter message must be heard to its end. */
const HEARD_S = 3;
/** Between two reports of the position at single speed; more is a seek. */
const LONGEST_STEP_S = 1.5;

/** Adds up what was really played of one message; says once that it is heard. */
export class HeardCounter {
  #lengthS = 0;
  #seconds = 0;
  #last = 0;
  #told = true;

  begin(lengthS: number): void {
    this.#lengthS = lengthS;
    this.#seconds = 0;
    this.#last = 0;
    this.#told = false;
  }

  seek(position: number): void {
    this.#last = position;
  }

  /** True with the report that makes it heard. */
  at(position: number, speed: number): boolean {
    const step = position - this.#last;
    this.#last = position;
    if (step > 0 && step < LONGEST_STEP_S * speed) this.#seconds += step;
    return this.#seconds >= HEARD_S && this.#tell();
  }

  end(): boolean {
    return this.#lengthS <= HEARD_S && this.#tell();
  }

  #tell(): boolean {
    const first = !this.#told;
    this.#told = true;
    return first;
  }
}
