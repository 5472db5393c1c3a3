import { codeWords, type G711, type SipPhone } from '@sfs/testing';
import { VoiceCall } from './voice-call.ts';

export interface LeftMessage {
  readonly callId: string;
  /** length of what was heard before the tone */
  readonly greetingMs: number;
}

/** Calls, waits for the tone, speaks code words 0 to `frames` - 1 and hangs up. */
export async function leaveMessage(phone: SipPhone, number: string, frames: number, codec: G711 = 'pcmu'): Promise<LeftMessage> {
  const call = await VoiceCall.place(phone, number, { codec });
  const { heardMs } = await call.untilTone();
  await call.say(codeWords(frames));
  await call.hangUp();
  return { callId: call.callId, greetingMs: heardMs };
}
