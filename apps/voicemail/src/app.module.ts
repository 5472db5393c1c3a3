import { Module, type DynamicModule } from '@nestjs/common';
import { MailboxesModule } from './mailboxes/mailboxes.module.ts';
import type { MailboxesService } from './mailboxes/mailboxes.service.ts';
import type { ListeningService } from './messages/listening.service.ts';
import { MessagesModule } from './messages/messages.module.ts';
import type { MessagesService } from './messages/messages.service.ts';

export interface AppParts {
  readonly mailboxes: MailboxesService;
  readonly messages: MessagesService;
  readonly listening: ListeningService;
}

@Module({})
export class AppModule {
  static with({ mailboxes, messages, listening }: AppParts): DynamicModule {
    return { module: AppModule, imports: [MailboxesModule.with(mailboxes), MessagesModule.with(messages, listening)] };
  }
}
