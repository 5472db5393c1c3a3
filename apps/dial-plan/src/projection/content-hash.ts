/** FNV-1a, 32 bits: tells states apart, guards nothing. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Hash of a set: the order in which members came and went does not matter, so equal content has equal names at every replica. */
export class SetHash {
  private sum = 0;

  add(text: string): void {
    this.sum = (this.sum + spread(hashOf(text))) >>> 0;
  }

  remove(text: string): void {
    this.sum = (this.sum - spread(hashOf(text))) >>> 0;
  }

  toString(): string {
    return this.sum.toString(36).padStart(7, '0');
  }
}

/** FNV's low bits of similar texts are similar; a sum of them would cancel. */
function spread(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
