import type { DialogState } from '@sfs/sip';
import type { Phone } from '../directory/directory.port.ts';
import type { LampSubscription } from '../lamps/lamps.port.ts';

/** A subscription as it is stored: the dialog of its NOTIFYs and whose phone it is. */
export interface StoredDialog {
  readonly phone: Phone;
  readonly dialog: DialogState;
}

/** The same for all SUBSCRIBEs of one dialog. */
export const subscriptionId = (callId: string, localTag: string): string => `${callId} ${localTag}`;

export const storeDialog = (stored: StoredDialog): string => JSON.stringify(stored);

/** Written by us only, so its shape is known; undefined when it is not JSON all the same. */
export function readDialog({ dialog }: LampSubscription): StoredDialog | undefined {
  try {
    return JSON.parse(dialog) as StoredDialog;
  } catch {
    return undefined;
  }
}
