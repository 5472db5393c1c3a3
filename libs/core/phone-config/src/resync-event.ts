import type { Pack } from './pack.ts';

/** What the Event header of a NOTIFY says so that this vendor's phones fetch again without a reboot. */
export const resyncEvent = (pack: Pack): string => pack.resync.event;
