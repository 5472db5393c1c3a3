/** RFC 3842 message summary of one mailbox. `account` is the URI that the lamp belongs to. Counts below zero, as peers have sent, cannot leave. */
export function mwiBody(counts: { readonly new: number; readonly old: number }, account: string): string {
  const fresh = whole(counts.new);
  const lines = [`Messages-Waiting: ${fresh > 0 ? 'yes' : 'no'}`, `Message-Account: ${account.replace(/[^\x21-\x7e]/g, '')}`, `Voice-Message: ${fresh}/${whole(counts.old)} (0/0)`];
  return lines.map((line) => `${line}\r\n`).join('');
}

const whole = (count: number): number => (count > 0 ? Math.min(Math.floor(count), 2 ** 32 - 1) : 0);
