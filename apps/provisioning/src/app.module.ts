import { Module, type DynamicModule } from '@nestjs/common';
import { CallSettingsModule } from './call-settings/call-settings.module.ts';
import { ChangesModule } from './changes/changes.module.ts';
import { DirectoryNumbersModule } from './directory-numbers/directory-numbers.module.ts';
import { REGISTRAR, type Registrar } from './directory-numbers/registrar-port.ts';
import { ENTITY_STORE } from './entities/entity-store.token.ts';
import type { EntityStore } from './entities/entities.store.ts';
import { ImportsModule } from './imports/imports.module.ts';
import { MailboxLinksModule } from './mailbox-links/mailbox-links.module.ts';
import { Envelope } from './secrets/envelope.ts';
import { SipCredentialsModule } from './sip-credentials/sip-credentials.module.ts';
import { TopologyModule } from './topology/topology.module.ts';
import { UsersModule } from './users/users.module.ts';

/** What the slices share. */
export interface AppParts {
  readonly store: EntityStore;
  readonly registrar: Registrar;
  readonly envelope: Envelope;
}

@Module({})
class PartsModule {}

@Module({})
export class AppModule {
  static with({ store, registrar, envelope }: AppParts): DynamicModule {
    const providers = [
      { provide: ENTITY_STORE, useValue: store },
      { provide: REGISTRAR, useValue: registrar },
      { provide: Envelope, useValue: envelope },
    ];
    const parts: DynamicModule = { module: PartsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
    return { module: AppModule, imports: [parts, TopologyModule, UsersModule, DirectoryNumbersModule, MailboxLinksModule, CallSettingsModule, ImportsModule, SipCredentialsModule, ChangesModule] };
  }
}
