import { Module, type DynamicModule } from '@nestjs/common';
import { ListeningService } from './listening.service.ts';
import { MessagesGrpc } from './messages.grpc.ts';
import { MessagesService } from './messages.service.ts';

@Module({})
export class MessagesModule {
  static with(messages: MessagesService, listening: ListeningService): DynamicModule {
    return {
      module: MessagesModule,
      controllers: [MessagesGrpc],
      providers: [
        { provide: MessagesService, useValue: messages },
        { provide: ListeningService, useValue: listening },
      ],
    };
  }
}
