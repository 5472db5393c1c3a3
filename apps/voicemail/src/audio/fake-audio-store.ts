import { DomainError } from '@sfs/kernel';
import type { AudioStore } from './audio.store.ts';

/** For specs: in memory, and away when told so. */
export class FakeAudioStore implements AudioStore {
  readonly pieces = new Map<string, Uint8Array>();
  away = false;

  async write(tenant: string, audioId: string, seq: number, bytes: Uint8Array): Promise<void> {
    this.refuseWhenAway();
    this.pieces.set(`${tenant}/${audioId}/${seq}`, Uint8Array.from(bytes));
  }

  async read(tenant: string, audioId: string, seq: number): Promise<Uint8Array | undefined> {
    this.refuseWhenAway();
    return this.pieces.get(`${tenant}/${audioId}/${seq}`);
  }

  async remove(tenant: string, audioId: string): Promise<void> {
    this.refuseWhenAway();
    for (const key of this.pieces.keys()) if (key.startsWith(`${tenant}/${audioId}/`)) this.pieces.delete(key);
  }

  private refuseWhenAway(): void {
    if (this.away) throw new DomainError('unavailable', 'store/away', 'The store is away');
  }
}
