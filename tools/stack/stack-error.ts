/** A failure whose message is for the person at the keyboard: what is wrong and what to do. Shown without a stack trace. */
export class StackError extends Error {
  override readonly name = 'StackError';
}
