import type { Role } from '@sfs/rest-contract';

/** Who sends a request, as the accounts store knows it; never what the request says about itself. */
export interface Caller {
  readonly kind: 'anonymous' | 'session' | 'token';
  /** the tenant this request acts in */
  readonly tenant: string;
  /** the tenant the account belongs to: another one only while an operator acts for a tenant */
  readonly homeTenant: string;
  readonly login: string;
  readonly role: Role | 'none';
  /** the provisioning user behind the account; '' = none */
  readonly userId: string;
  readonly mustChangePassword: boolean;
  readonly expiresAt: string;
  /** hash of the session's secret, or the token's id */
  readonly id: string;
}

export const ANONYMOUS: Caller = { kind: 'anonymous', tenant: '', homeTenant: '', login: '', role: 'none', userId: '', mustChangePassword: false, expiresAt: '', id: '' };
