export const DEFAULT_TENANT = 'default';

/** Whoever asks may write any `~TENANT/` in front of a file; each name that is believed costs a list of waiting phones. */
const MOST = 256;

/** Under which tenant an unknown phone waits. Only so many names are believed while the process runs; one that comes later is no tenant. */
export class TenantNames {
  private readonly believed = new Set<string>();
  private readonly most: number;

  constructor(most = MOST) {
    this.most = most;
  }

  resolve(said: string): string | undefined {
    if (said === '' || said === DEFAULT_TENANT) return DEFAULT_TENANT;
    if (!this.believed.has(said) && this.believed.size >= this.most) return undefined;
    this.believed.add(said);
    return said;
  }
}
