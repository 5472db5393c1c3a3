import { voicemailAccessNumber } from '../../../../tools/stack/layout.ts';
import type { Player } from '../cast.ts';
import { VoiceCall } from './voice-call.ts';

/** What a person listens for: names of prompts (libs/core/voicemail). Wrong, locked and unknown are said in the same words. */
export const says = {
  askBox: 'enter-mailbox',
  askPin: 'enter-pin',
  refused: 'not-right',
  choosePin: 'choose-pin',
  repeatPin: 'repeat-pin',
  pinChanged: 'pin-changed',
  offerName: 'offer-name',
  offerGreeting: 'offer-greeting',
  review: 'review-recording',
  recordingKept: 'recording-kept',
  main: 'main-menu',
  message: 'message-menu',
  saved: 'message-saved',
  deleted: 'message-deleted',
  restored: 'message-restored',
} as const;

/** Keys of the menu: main, message, recording. */
export const keys = { newMessages: '1', savedMessages: '2', replay: '5', delete: '7', save: '9', record: '1', keep: '1', listen: '2' } as const;

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
