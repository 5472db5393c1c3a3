import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { from, map, type Observable } from 'rxjs';
import type { DeleteMessageRequest, DeleteMessageResponse, GetMessageRequest, GetMessageResponse, ListMessagesRequest, ListMessagesResponse, MarkHeardRequest, MarkHeardResponse, Message, ReadAudioRequest, ReadAudioResponse, RestoreMessageRequest, RestoreMessageResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { ListeningService } from './listening.service.ts';
import { toMessage } from './messages.mapper.ts';
import type { MessageStep } from './messages.port.ts';
import { MessagesService } from './messages.service.ts';

@Controller()
export class MessagesGrpc {
  private readonly messages: MessagesService;
  private readonly listening: ListeningService;

  constructor(@Inject(MessagesService) messages: MessagesService, @Inject(ListeningService) listening: ListeningService) {
    this.messages = messages;
    this.listening = listening;
  }

  @GrpcMethod('MessagesService', 'listMessages')
  async listMessages(request: ListMessagesRequest, metadata: Metadata): Promise<ListMessagesResponse> {
    const { messages, nextPageToken } = await this.messages.list(contextOf(metadata).tenant, request);
    return { messages: messages.map(toMessage), nextPageToken };
  }

  @GrpcMethod('MessagesService', 'getMessage')
  async getMessage({ mailbox, id }: GetMessageRequest, metadata: Metadata): Promise<GetMessageResponse> {
    return { message: toMessage(await this.messages.get({ tenant: contextOf(metadata).tenant, mailbox }, id)) };
  }

  @GrpcMethod('MessagesService', 'deleteMessage')
  async deleteMessage(request: DeleteMessageRequest, metadata: Metadata): Promise<DeleteMessageResponse> {
    return { message: await this.step('deleted', request, metadata) };
  }

  @GrpcMethod('MessagesService', 'restoreMessage')
  async restoreMessage(request: RestoreMessageRequest, metadata: Metadata): Promise<RestoreMessageResponse> {
    return { message: await this.step('restored', request, metadata) };
  }

  @GrpcMethod('MessagesService', 'markHeard')
  async markHeard(request: MarkHeardRequest, metadata: Metadata): Promise<MarkHeardResponse> {
    return { message: await this.step('heard', request, metadata) };
  }

  @GrpcMethod('MessagesService', 'readAudio')
  readAudio(request: ReadAudioRequest, metadata: Metadata): Observable<ReadAudioResponse> {
    return from(this.listening.read(contextOf(metadata), request)).pipe(map((audio) => ({ audio: Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength) })));
  }

  private async step(step: MessageStep, { mailbox, id }: { readonly mailbox: string; readonly id: string }, metadata: Metadata): Promise<Message> {
    const { tenant, actor } = contextOf(metadata);
    return toMessage(await this.messages.step({ tenant, mailbox }, id, step, actor));
  }
}
