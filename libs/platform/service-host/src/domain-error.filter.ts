import { Catch, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Observable, throwError } from 'rxjs';
import { callerOf, toStatus } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';
import type { Metadata } from '@grpc/grpc-js';

/** Returns an error stream and never throws: a throwing filter of an RPC handler ends the process. */
export class DomainErrorFilter implements RpcExceptionFilter {
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log;
  }

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    if (!(error instanceof DomainError)) {
      const { requestId } = callerOf(host.switchToRpc().getContext<Metadata>());
      this.log.error({ err: error, requestId }, 'internal error');
    }
    const status = toStatus(error);
    return throwError(() => status);
  }
}

// As a call: plain Node, which runs our tools from source, does not know decorators.
Catch()(DomainErrorFilter);
