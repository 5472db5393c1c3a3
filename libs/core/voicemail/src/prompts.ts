/** What is said in whole sentences. */
export const SENTENCES = {
  tone: '(tone)',

  // to a caller
  'not-available': 'is not available.',
  'mailbox-of': 'The owner of number',
  'leave-a-message': 'Please leave a message after the tone.',
  'mailbox-full': 'The mailbox is full. Your message cannot be taken.',
  'no-mailbox': 'There is no mailbox here.',
  'no-storage': 'Messages cannot be taken at the moment. Please try again later.',
  'nothing-recorded': 'Nothing was recorded.',
  'record-again': 'Please speak after the tone.',
  'message-too-long': 'Your message has reached the longest time.',
  'review-message': 'To keep your message, press 1. To listen to it, press 2. To record it again, press 3.',
  'message-kept': 'Your message was kept.',
  'message-not-kept': 'Your message could not be kept. Please try again later.',
  goodbye: 'Goodbye.',

  // logging in
  'enter-mailbox': 'Please enter the number of your mailbox, then press pound.',
  'enter-pin': 'Please enter your PIN, then press pound.',
  'not-right': 'That was not right.',
  unavailable: 'The mailbox cannot be reached at the moment. Please try again later.',

  // changing the PIN
  'must-change-pin': 'You need a new PIN.',
  'choose-pin': 'Please enter the new PIN, then press pound.',
  'repeat-pin': 'Please enter it again, then press pound.',
  'pins-differ': 'The two were not the same.',
  'pin-too-short': 'That is too short.',
  'pin-too-easy': 'That is too easy to guess, or too long.',
  'pin-used-before': 'That was used before.',
  'pin-changed': 'Your PIN was changed.',

  // name and greeting
  'offer-name': 'To record your name, press 1. To go on, press 2.',
  'offer-greeting': 'To record a greeting, press 1. To go on, press 2.',
  'record-name': 'Say your name after the tone, then press pound.',
  'record-greeting': 'Speak your greeting after the tone, then press pound.',
  'review-recording': 'To keep it, press 1. To listen to it, press 2. To record it again, press 3. To go back, press star.',
  'recording-kept': 'It was kept.',
  'not-possible': 'That is not possible at the moment.',

  // main menu and options
  'you-have': 'You have',
  'no-messages': 'You have no messages.',
  'new-message': 'new message.',
  'new-messages': 'new messages.',
  'saved-message': 'saved message.',
  'saved-messages': 'saved messages.',
  and: 'and',
  'main-menu': 'For new messages, press 1. For saved messages, press 2. For options, press 0. For help, press star. To end, press pound.',
  'main-help': 'While a message plays, any key ends it. Deleted messages can be restored until you hang up.',
  'no-new-messages': 'There are no new messages.',
  'no-saved-messages': 'There are no saved messages.',
  'options-menu': 'For your greeting, press 1. For your name, press 2. For your PIN, press 3. To go back, press star.',
  'not-a-choice': 'That is not a choice.',

  // one message
  'a-new-message': 'New message.',
  'a-saved-message': 'Saved message.',
  'a-deleted-message': 'Deleted message.',
  from: 'From',
  'unknown-number': 'an unknown number.',
  'cut-short': 'The recording was cut short.',
  'message-menu': 'To replay, press 5. For the previous message, 4. For the next, 6. To delete, 7. To save, 9. For time and number, 3. To go back, star.',
  'deleted-menu': 'To restore it, press 7. To replay, 5. For the previous message, 4. For the next, 6. To go back, star.',
  'message-saved': 'Saved.',
  'message-deleted': 'Deleted.',
  'message-restored': 'Restored.',
  'message-damaged': 'This message cannot be played.',
  'no-next-message': 'There are no more messages.',
  'no-previous-message': 'This is the first message.',

  // numbers and times
  plus: 'plus',
  star: 'star',
  pound: 'pound',
  hundred: 'hundred',
  thousand: 'thousand',
  oh: 'oh',
  at: 'at',
  'today-at': 'Today at',
  'yesterday-at': 'Yesterday at',
  'a-m': 'A M.',
  'p-m': 'P M.',
} as const satisfies Readonly<Record<string, string>>;

export type PromptName = keyof typeof SENTENCES | `number-${number}` | `month-${number}` | `day-${number}`;

const upTo20 =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty';
const tens = 'thirty forty fifty sixty seventy eighty ninety';
const months = 'January February March April May June July August September October November December';
const days =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth ' +
  'twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first';

const named = (words: string, name: (at: number) => string): Readonly<Record<string, string>> => Object.fromEntries(words.split(' ').map((word, at) => [name(at), word]));

/** Everything that can be said: name of the audio file to its English text. */
export const PROMPTS: Readonly<Record<string, string>> = {
  ...SENTENCES,
  ...named(upTo20, (at) => `number-${at}`),
  ...named(tens, (at) => `number-${30 + 10 * at}`),
  ...named(months, (at) => `month-${at + 1}`),
  ...named(days, (at) => `day-${at + 1}`),
};
