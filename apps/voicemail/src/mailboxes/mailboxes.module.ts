import { Module, type DynamicModule } from '@nestjs/common';
import { MailboxesGrpc } from './mailboxes.grpc.ts';
import { MailboxesService } from './mailboxes.service.ts';

@Module({})
export class MailboxesModule {
  static with(mailboxes: MailboxesService): DynamicModule {
    return { module: MailboxesModule, controllers: [MailboxesGrpc], providers: [{ provide: MailboxesService, useValue: mailboxes }] };
  }
}
