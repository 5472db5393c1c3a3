import { Metadata } from '@grpc/grpc-js';
import { Catch, type ArgumentsHost, type RpcExceptionFilter } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Observable, throwError } from 'rxjs';
import { callerOf, toStatus } from '@sfs/grpc';
import { DomainError } from '@sfs/kernel';

/** Returns an error stream and never throws: a throwing filter of an RPC handler ends the process. */
export class DomainErrorFilter implements RpcExceptionFilter {
  private readonly log: Logger;

  constructor(log: Logger) {
    this.log = log;
  }

  catch(error: unknown, host: ArgumentsHost): Observable<never> {
    if (!(error instanceof DomainError)) {
      const context: unknown = host.switchToRpc().getContext();
      const requestId = context instanceof Metadata ? callerOf(context).requestId : '';
      this.log.error({ err: error, requestId }, 'internal error');
    }
    const status = toStatus(error);
    return throwError(() => status);
  }
}

// As a call: plain Node, which runs our tools from source, does not know decorators.
Catch()(DomainErrorFilter);
