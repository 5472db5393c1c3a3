/** Version 1 UUIDs count 100 ns since 1582-10-15 (RFC 9562, 5.1). */
const BEFORE_1970_MS = 12_219_292_800_000n;
const TIME_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isEventId = (text: string): boolean => TIME_UUID.test(text);

/** Epoch ms at which the id was drawn. */
export function timeOfId(id: string): number {
  const ticks = BigInt(`0x${id.slice(15, 18)}${id.slice(9, 13)}${id.slice(0, 8)}`);
  return Number(ticks / 10_000n - BEFORE_1970_MS);
}
