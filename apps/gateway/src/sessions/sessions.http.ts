import type { Handlers } from '../http/handlers.ts';
import type { AccountsService } from './accounts.service.ts';
import type { SessionsService } from './sessions.service.ts';
import type { TokensService } from './tokens.service.ts';

export type SessionHandlers = Pick<Handlers, 'signIn' | 'getSession' | 'signOut' | 'changePassword' | 'createToken' | 'listTokens' | 'deleteToken' | 'createAccount'>;

export interface SessionSlice {
  readonly sessions: SessionsService;
  readonly accounts: AccountsService;
  readonly tokens: TokensService;
  /** throws `not-found` unless the user exists in the caller's tenant */
  requireUser(id: string, context: Parameters<Handlers['createAccount']>[0]['context']): Promise<void>;
}

export function sessionHandlers({ sessions, accounts, tokens, requireUser }: SessionSlice): SessionHandlers {
  return {
    signIn: async ({ body, address, cookie }) => {
      const opened = await sessions.signIn(body.login, body.password, address);
      cookie.set(opened.cookie);
      return opened.session;
    },
    getSession: async ({ caller }) => {
      const { login, tenant, userId, mustChangePassword, expiresAt } = caller;
      return { login, role: caller.role === 'administrator' ? 'administrator' : 'user', tenant, userId, mustChangePassword, expiresAt };
    },
    signOut: async ({ caller, address, cookie }) => {
      await sessions.signOut(caller, address);
      cookie.clear();
    },
    changePassword: async ({ caller, body, address, cookie }) => {
      const opened = await sessions.changePassword(caller, body, address);
      cookie.set(opened.cookie);
    },
    createToken: ({ caller, body }) => tokens.create(caller, body),
    listTokens: async ({ caller }) => ({ items: await tokens.list(caller.tenant) }),
    deleteToken: ({ caller, params }) => tokens.revoke(caller, params.id),
    createAccount: async ({ caller, context, params, body }) => {
      await requireUser(params.id, context);
      const oneTimePassword = await accounts.invite({ tenant: caller.tenant, userId: params.id, login: body.login, role: body.role, actor: caller.login });
      return { login: body.login, role: body.role, userId: params.id, oneTimePassword };
    },
  };
}
