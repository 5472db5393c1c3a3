import { fail, ok, parseName, type Result } from '@sfs/kernel';
import type { SipAddress } from '@sfs/sip';
import type { DepositReason } from '../deposits/deposits.port.ts';
import { isMailboxNumber } from '../entities/bodies.ts';

/** What a plan wants of us, out of the Request-URI that the dial-plan core has issued. */
export type CallTarget =
  | { readonly kind: 'deposit'; readonly tenant: string; readonly mailbox: string; readonly reason: DepositReason }
  /** without mailbox the number is asked */
  | { readonly kind: 'access'; readonly tenant: string; readonly mailbox: string | undefined };

const REASONS: readonly DepositReason[] = ['all', 'busy', 'no-answer', 'unreachable', 'direct'];

/** `sip:deposit@…;sfs-tenant=…;sfs-mailbox=…;sfs-reason=…` or `sip:access@…;sfs-tenant=…[;sfs-mailbox=…]`; the failure says what is wrong with it. */
export function readTarget({ user, params }: SipAddress): Result<CallTarget, string> {
  const tenant = parseName(params.get('sfs-tenant') ?? '');
  if (!tenant.ok) return fail(`sfs-tenant: ${tenant.error}`);
  const mailbox = params.get('sfs-mailbox');
  if (mailbox !== undefined && !isMailboxNumber(mailbox)) return fail('sfs-mailbox: no mailbox number');
  if (user === 'access') return ok({ kind: 'access', tenant: tenant.value, mailbox });
  if (user !== 'deposit') return fail('the user is neither deposit nor access');
  if (mailbox === undefined) return fail('sfs-mailbox is missing');
  const reason = REASONS.find((each) => each === params.get('sfs-reason'));
  return reason === undefined ? fail('sfs-reason: none of the known ones') : ok({ kind: 'deposit', tenant: tenant.value, mailbox, reason });
}
