/** Who gets a device's secrets without its credential: at most one fetch a window, over all replicas. */
export interface Enrolment {
  /** Out of memory only, so it may be wrong for a moment; `take` decides. */
  isOpen(mac: string, address: string): boolean;
  /** One of any number of parallel takes is answered true. False too when the store does not say. */
  take(mac: string, address: string): Promise<boolean>;
  /** The file went out completely: the window is closed. Never rejects. */
  used(mac: string): Promise<void>;
  /** It did not: the window is open again. Never rejects; when nobody says either, it opens again by itself after a minute. */
  giveBack(mac: string): Promise<void>;
}
