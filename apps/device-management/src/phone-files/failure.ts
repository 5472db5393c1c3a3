import { DomainError } from '@sfs/kernel';

/** Why a device's own file is not to be had: there is none, or not now. The hint is for the device's timeline. */
export function failureOf(error: unknown): { readonly isMissing: boolean; readonly hint: string } {
  if (!(error instanceof DomainError)) return { isMissing: false, hint: 'its configuration could not be rendered: see the log' };
  const { kind, code, message, details } = error;
  if (kind === 'not-found') return { isMissing: true, hint: code === 'devices/no-line' ? 'has no number: assign one' : message };
  return { isMissing: false, hint: `its configuration cannot be rendered at the moment: ${details.remedy ?? message}` };
}
