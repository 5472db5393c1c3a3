import { load } from './http-load.ts';
import { requests } from './decision-http.requests.ts';
import { serveBench } from './bench-process.ts';

serveBench({}, async (message) => {
  const { port, count, connections } = message as { port: number; count: number; connections: number };
  await load(port, requests, { count, connections });
  return {};
});
