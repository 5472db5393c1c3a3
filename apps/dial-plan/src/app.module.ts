import { Module, type DynamicModule } from '@nestjs/common';
import { DecisionsGrpc } from './decisions/decisions.grpc.ts';
import { DecisionsService } from './decisions/decisions.service.ts';
import { EffectWaiter } from './decisions/effect-waiter.ts';
import { StatusService } from './decisions/status.service.ts';
import { PlanGrpc } from './plan/plan.grpc.ts';
import { PlanHistory } from './plan/plan-history.ts';
import { PlanService } from './plan/plan.service.ts';

/** What the gRPC door answers with; made in build.ts, because the doors for calls work without Nest. */
export interface GrpcParts {
  readonly plans: PlanService;
  readonly history: PlanHistory;
  readonly decisions: DecisionsService;
  readonly effects: EffectWaiter;
  readonly status: StatusService;
}

@Module({})
export class AppModule {
  static with(parts: GrpcParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [PlanGrpc, DecisionsGrpc],
      providers: [
        { provide: PlanService, useValue: parts.plans },
        { provide: PlanHistory, useValue: parts.history },
        { provide: DecisionsService, useValue: parts.decisions },
        { provide: EffectWaiter, useValue: parts.effects },
        { provide: StatusService, useValue: parts.status },
      ],
    };
  }
}
