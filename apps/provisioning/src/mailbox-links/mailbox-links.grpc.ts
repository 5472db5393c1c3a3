import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { GetMailboxLinkRequest, GetMailboxLinkResponse, LinkMailboxRequest, LinkMailboxResponse, ListMailboxLinksRequest, ListMailboxLinksResponse, UnlinkMailboxRequest, UnlinkMailboxResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toMailboxLink } from './mailbox-links.mapper.ts';
import { MailboxLinksService } from './mailbox-links.service.ts';

@Controller()
export class MailboxLinksGrpc {
  private readonly links: MailboxLinksService;

  constructor(@Inject(MailboxLinksService) links: MailboxLinksService) {
    this.links = links;
  }

  @GrpcMethod('MailboxLinksService', 'linkMailbox')
  async linkMailbox(request: LinkMailboxRequest, metadata: Metadata): Promise<LinkMailboxResponse> {
    return { link: toMailboxLink(await this.links.link(contextOf(metadata), request)) };
  }

  @GrpcMethod('MailboxLinksService', 'unlinkMailbox')
  async unlinkMailbox(request: UnlinkMailboxRequest, metadata: Metadata): Promise<UnlinkMailboxResponse> {
    await this.links.unlink(contextOf(metadata), request.mailbox, request.expectedTag);
    return {};
  }

  @GrpcMethod('MailboxLinksService', 'getMailboxLink')
  async getMailboxLink(request: GetMailboxLinkRequest, metadata: Metadata): Promise<GetMailboxLinkResponse> {
    return { link: toMailboxLink(await this.links.get(contextOf(metadata).tenant, request.mailbox)) };
  }

  @GrpcMethod('MailboxLinksService', 'listMailboxLinks')
  async listMailboxLinks(request: ListMailboxLinksRequest, metadata: Metadata): Promise<ListMailboxLinksResponse> {
    const links = await this.links.list(contextOf(metadata).tenant, request.userId.slice(0, 64));
    return { links: links.map(toMailboxLink) };
  }
}
