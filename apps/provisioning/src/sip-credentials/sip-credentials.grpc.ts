import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { GetSipCredentialRequest, GetSipCredentialResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { SipCredentialsService } from './sip-credentials.service.ts';

@Controller()
export class SipCredentialsGrpc {
  private readonly credentials: SipCredentialsService;

  constructor(@Inject(SipCredentialsService) credentials: SipCredentialsService) {
    this.credentials = credentials;
  }

  @GrpcMethod('SipCredentialsService', 'getSipCredential')
  getSipCredential(request: GetSipCredentialRequest, metadata: Metadata): Promise<GetSipCredentialResponse> {
    return this.credentials.get(contextOf(metadata).tenant, request);
  }
}
