/** What a file's answer says of itself. */
export interface Validators {
  /** quoted, strong */
  readonly etag: string;
  /** HTTP date; '' = not known */
  readonly lastModified: string;
}

export interface Conditions {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;

/** RFC 9110 13.2.2: If-None-Match decides alone when it is there, by weak comparison; else If-Modified-Since. */
export function isUnchanged({ ifNoneMatch, ifModifiedSince }: Conditions, { etag, lastModified }: Validators): boolean {
  if (ifNoneMatch !== undefined) return ifNoneMatch.trim() === '*' || ifNoneMatch === etag || tagsOf(ifNoneMatch).includes(etag);
  if (ifModifiedSince === undefined || lastModified === '') return false;
  const since = httpDate(ifModifiedSince);
  return since !== undefined && Date.parse(lastModified) <= since;
}

function tagsOf(list: string): string[] {
  return [...list.matchAll(TAG)].flatMap(([, tag]) => (tag === undefined ? [] : [tag]));
}

const IMF = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const RFC850 = /^[A-Z][a-z]+, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** Epoch ms of the three forms of RFC 9110 5.6.7; undefined = none of them, to be ignored. */
function httpDate(text: string): number | undefined {
  const at = IMF.test(text) || RFC850.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : NaN;
  return Number.isNaN(at) ? undefined : at;
}
