import { Module, type DynamicModule } from '@nestjs/common';
import type { CqlSession } from '@sfs/cassandra';
import type { AuditStore } from '../audit/audit.store.ts';
import { AUDIT, CQL_SESSION } from '../injection-tokens.ts';
import { AccountsService } from './accounts.service.ts';
import { CassandraAccountsStore } from './accounts.store.cassandra.ts';
import { Passwords } from './passwords.ts';
import { SessionsService } from './sessions.service.ts';
import { CassandraSessionsStore, CassandraTokensStore } from './sessions.store.cassandra.ts';
import { SIGN_IN_LIMITS, SignInLimit } from './sign-in-limit.ts';
import { TokensService } from './tokens.service.ts';

export interface SessionsOptions {
  readonly pepper: string;
  now(): number;
}

@Module({})
export class SessionsModule {
  static with({ pepper, now }: SessionsOptions): DynamicModule {
    return {
      module: SessionsModule,
      providers: [
        { provide: Passwords, useFactory: () => new Passwords(pepper) },
        {
          provide: SessionsService,
          useFactory: (session: CqlSession, audit: AuditStore, passwords: Passwords) =>
            new SessionsService({ accounts: new CassandraAccountsStore(session), sessions: new CassandraSessionsStore(session), audit, passwords, limit: new SignInLimit(SIGN_IN_LIMITS, now), now }),
          inject: [CQL_SESSION, AUDIT, Passwords],
        },
        {
          provide: AccountsService,
          useFactory: (session: CqlSession, audit: AuditStore, passwords: Passwords) => new AccountsService({ accounts: new CassandraAccountsStore(session), audit, passwords, now }),
          inject: [CQL_SESSION, AUDIT, Passwords],
        },
        { provide: TokensService, useFactory: (session: CqlSession, audit: AuditStore) => new TokensService({ tokens: new CassandraTokensStore(session), audit, now }), inject: [CQL_SESSION, AUDIT] },
      ],
      exports: [SessionsService, AccountsService, TokensService],
    };
  }
}
