import { Module, type DynamicModule } from '@nestjs/common';
import type { CqlSession } from '@sfs/cassandra';
import { call } from '@sfs/grpc';
import type { Overview } from '@sfs/rest-contract';
import type { AuditStore } from './audit/audit.store.ts';
import { CassandraAuditStore } from './audit/audit.store.cassandra.ts';
import { callSettingsHandlers } from './call-settings/call-settings.http.ts';
import { callHandlers } from './calls/calls.http.ts';
import { changesHandlers } from './changes/changes.http.ts';
import type { Neighbours } from './clients/clients.ts';
import { deviceActionHandlers } from './devices/device-actions.http.ts';
import { deviceFileHandlers } from './devices/device-files.http.ts';
import { deviceSettingsHandlers } from './devices/device-settings.http.ts';
import { deviceHandlers } from './devices/devices.http.ts';
import { dialPlanHandlers } from './dial-plan/dial-plan.http.ts';
import type { Handlers } from './http/handlers.ts';
import { importHandlers } from './imports/imports.http.ts';
import { numberHandlers } from './numbers/numbers.http.ts';
import { overviewHandlers } from './overview/overview.http.ts';
import { AccountsService } from './sessions/accounts.service.ts';
import { sessionHandlers } from './sessions/sessions.http.ts';
import { SessionsModule } from './sessions/sessions.module.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { TokensService } from './sessions/tokens.service.ts';
import { AUDIT, CQL_SESSION, HANDLERS, NEIGHBOURS } from './injection-tokens.ts';
import { topologyHandlers } from './topology/topology.http.ts';
import { userHandlers } from './users/users.http.ts';
import { audioHandlers } from './voicemail/audio.http.ts';
import { AudioLinks } from './voicemail/audio-links.ts';
import { mailboxAccessHandlers } from './voicemail/mailbox-access.http.ts';
import { mailboxHandlers } from './voicemail/mailboxes.http.ts';
import { messageHandlers } from './voicemail/messages.http.ts';

export interface AppParts {
  readonly session: CqlSession;
  readonly neighbours: Neighbours;
  readonly pepper: string;
  readonly services: ReadonlyMap<string, string>;
  readonly serviceToken: string | undefined;
  ownState(): Overview['services'][number];
  now(): number;
}

/** Puts the slices together: every route has exactly one handler, by type. */
@Module({})
export class AppModule {
  static with(parts: AppParts): DynamicModule {
    const shared: DynamicModule = {
      module: SharedModule,
      global: true,
      providers: [
        { provide: CQL_SESSION, useValue: parts.session },
        { provide: NEIGHBOURS, useValue: parts.neighbours },
        { provide: AUDIT, useFactory: (session: CqlSession) => new CassandraAuditStore(session, () => new Date(parts.now())), inject: [CQL_SESSION] },
      ],
      exports: [CQL_SESSION, NEIGHBOURS, AUDIT],
    };
    return {
      module: AppModule,
      imports: [shared, SessionsModule.with({ pepper: parts.pepper, now: parts.now })],
      providers: [
        {
          provide: HANDLERS,
          useFactory: (neighbours: Neighbours, audit: AuditStore, sessions: SessionsService, accounts: AccountsService, tokens: TokensService) =>
            handlersOf(parts, { neighbours, audit, sessions, accounts, tokens }),
          inject: [NEIGHBOURS, AUDIT, SessionsService, AccountsService, TokensService],
        },
      ],
    };
  }
}

@Module({})
class SharedModule {}

interface Wired {
  readonly neighbours: Neighbours;
  readonly audit: AuditStore;
  readonly sessions: SessionsService;
  readonly accounts: AccountsService;
  readonly tokens: TokensService;
}

function handlersOf(parts: AppParts, { neighbours, audit, sessions, accounts, tokens }: Wired): Handlers {
  return {
    ...sessionHandlers({ sessions, accounts, tokens, requireUser: async (id, context) => void (await call(neighbours.users, 'getUser', { id }, context, neighbours.read)) }),
    ...topologyHandlers(neighbours),
    ...userHandlers(neighbours, (tenant, userId, actor) => accounts.closeOfUser(tenant, userId, actor)),
    ...numberHandlers(neighbours),
    ...callSettingsHandlers(neighbours),
    ...dialPlanHandlers(neighbours),
    ...callHandlers(neighbours),
    ...importHandlers(neighbours),
    ...mailboxHandlers(neighbours),
    ...mailboxAccessHandlers(neighbours),
    ...messageHandlers(neighbours),
    ...audioHandlers({ neighbours, audit, links: new AudioLinks(parts.pepper, parts.now) }),
    ...deviceHandlers(neighbours),
    ...deviceActionHandlers(neighbours),
    ...deviceFileHandlers(neighbours),
    ...deviceSettingsHandlers(neighbours),
    ...changesHandlers(neighbours, audit),
    ...overviewHandlers({ neighbours, services: parts.services, token: parts.serviceToken, ownState: () => parts.ownState() }),
  };
}
