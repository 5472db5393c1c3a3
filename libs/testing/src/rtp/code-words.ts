const FRAME = 160;
const WORD = 10;
/** Bytes 0xa0-0xaf and 0x20-0x2f are loud in both laws: code words pass for speech. */
const MAGIC = [0xa5, 0x2a, 0xac, 0x23];
const NUMBERS = 0x100_0000;

/** Frames of 20 ms in either law, each of which says its number: a word of four magic bytes and the number, sixteen times over. */
export function codeWords(count: number, first = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => codeWord((first + index) % NUMBERS));
}

function codeWord(number: number): Uint8Array {
  const nibbles = number.toString(16).padStart(WORD - MAGIC.length, '0');
  const word = [...MAGIC, ...Array.from(nibbles, (nibble, at) => (at % 2 === 0 ? 0xa0 : 0x20) | Number.parseInt(nibble, 16))];
  return Uint8Array.from({ length: FRAME }, (_, at) => word[at % WORD] ?? 0);
}

export interface CodeWords {
  /** where the first whole frame begins; the recording's length when there is none */
  readonly offset: number;
  /** frame by frame from there; undefined: something else, such as the silence of a lost packet. Ends with the last code word. */
  readonly numbers: readonly (number | undefined)[];
}

/** What a recording of code words holds, wherever it began. */
export function readCodeWords(audio: Uint8Array): CodeWords {
  let offset = 0;
  while (offset + FRAME <= audio.length && numberAt(audio, offset) === undefined) offset += 1;
  if (offset + FRAME > audio.length) return { offset: audio.length, numbers: [] };
  const numbers: (number | undefined)[] = [];
  for (let at = offset; at + FRAME <= audio.length; at += FRAME) numbers.push(numberAt(audio, at));
  while (numbers.at(-1) === undefined) numbers.pop();
  return { offset, numbers };
}

function numberAt(audio: Uint8Array, start: number): number | undefined {
  if (MAGIC.some((byte, at) => audio[start + at] !== byte)) return undefined;
  for (let at = WORD; at < FRAME; at += 1) if (audio[start + at] !== audio[start + (at % WORD)]) return undefined;
  let number = 0;
  for (let at = MAGIC.length; at < WORD; at += 1) number = number * 16 + ((audio[start + at] ?? 0) & 0x0f);
  return number;
}
