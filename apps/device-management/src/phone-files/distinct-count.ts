const REGISTERS = 1024;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/** How many different numbers were added, within some 3 %, in 1 KiB whatever comes (HyperLogLog, Flajolet et al. 2007). */
export class DistinctCount {
  private readonly registers = new Uint8Array(REGISTERS);

  add(value: number): void {
    const hash = mixed(value);
    const register = hash >>> 22;
    const rank = Math.clz32((hash << 10) | 512) + 1;
    if (rank > (this.registers[register] ?? 0)) this.registers[register] = rank;
  }

  get count(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of this.registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty += 1;
    }
    const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
    return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
  }
}

/** 48 bits to 32 well-mixed ones (the finish of MurmurHash3, once for each half). */
function mixed(value: number): number {
  return finish(finish(value >>> 0) ^ Math.floor(value / 2 ** 32));
}

function finish(half: number): number {
  let hash = half;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
