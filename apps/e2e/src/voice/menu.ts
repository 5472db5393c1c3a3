import { voicemailAccessNumber } from '../../../../tools/stack/layout.ts';
import type { Player } from '../cast.ts';
import { VoiceCall } from './voice-call.ts';

/** What a person listens for: names of prompts in libs/core/voicemail. */
export const says = {
  askBox: 'access-mailbox',
  askPin: 'access-pin',
  wrongPin: 'access-wrong',
  locked: 'access-locked',
  choosePin: 'pin-new',
  repeatPin: 'pin-again',
  pinChanged: 'pin-changed',
  offerName: 'enrol-name',
  offerGreeting: 'enrol-greeting',
  main: 'main-menu',
  saved: 'message-saved',
  deleted: 'message-deleted',
  restored: 'message-restored',
} as const;

/** Keys of the menu. */
export const keys = { newMessages: '1', oldMessages: '2', replay: '1', save: '2', delete: '7', accept: '1', goBack: '*' } as const;

/** Dials the access number from the own phone: only the PIN is asked. */
export function callOwnBox({ phone }: Player): Promise<VoiceCall> {
  return VoiceCall.place(phone, voicemailAccessNumber);
}

/** From another phone: the box number is asked, too. */
export async function callForeignBox({ phone }: Player, box: string): Promise<VoiceCall> {
  const call = await VoiceCall.place(phone, voicemailAccessNumber);
  await call.untilPrompt(says.askBox);
  await call.dial(`${box}#`);
  return call;
}

export async function enterPin(call: VoiceCall, pin: string): Promise<void> {
  await call.untilPrompt(says.askPin);
  await call.dial(`${pin}#`);
}
