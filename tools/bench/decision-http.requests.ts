import { USERS } from './decision-http.site.ts';

/** Questions of about 200 bytes, a different pair each: as a switch asks. */
export const bodies: readonly string[] = Array.from({ length: 2_000 }, (_, i) => {
  const number = (step: number): string => String(1_000 + ((i * step) % USERS));
  return JSON.stringify({ callId: `${(i * 7919).toString(16).padStart(12, '0')}-a84b4c76e66710@pbx.site-a.example.com`, from: number(3), to: number(7), origin: 'internal', diversions: [], target: { ready: true, busy: false } });
});

export const requests: readonly Buffer[] = bodies.map((body) =>
  Buffer.from(`POST /site-a HTTP/1.1\r\nHost: 127.0.0.1:8800\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
);
