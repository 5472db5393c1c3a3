/** ISO time with microseconds: compares as text. */
export type MicroTime = string;

/** Later than `after` whatever the clock says: the ancestry must rise also when clocks differ. */
export function microTimeAfter(nowMs: number, after: MicroTime): MicroTime {
  const now = isoOf(nowMs * 1000);
  return now > after ? now : isoOf(microsOf(after) + 1);
}

function isoOf(micros: number): MicroTime {
  const ms = Math.floor(micros / 1000);
  return `${new Date(ms).toISOString().slice(0, -1)}${String(micros - ms * 1000).padStart(3, '0')}Z`;
}

function microsOf(time: MicroTime): number {
  return Date.parse(`${time.slice(0, 23)}Z`) * 1000 + Number(time.slice(23, 26));
}
