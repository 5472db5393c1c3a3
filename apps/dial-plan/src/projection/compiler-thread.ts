import { parentPort } from 'node:worker_threads';
import { compilePlan } from '@sfs/dial-plan';
import type { CompileReply, CompileRequest } from './plan-compiler.ts';

parentPort?.on('message', ({ id, source }: CompileRequest) => {
  parentPort?.postMessage({ id, result: compilePlan(source) } satisfies CompileReply);
});
