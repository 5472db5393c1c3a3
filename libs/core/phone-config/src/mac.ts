/** 12 hex digits: plain, by twos with : . or -, or by fours with . or -. */
const NOTATION = /^[0-9a-f]{12}$|^[0-9a-f]{2}([:.-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$|^[0-9a-f]{4}([.-])[0-9a-f]{4}\2[0-9a-f]{4}$/;

/** Any usual notation to 12 lower-case hex digits; undefined when it is no MAC. */
export function parseMac(text: string): string | undefined {
  if (text.length > 17) return undefined;
  const lower = text.toLowerCase();
  return NOTATION.test(lower) ? lower.replace(/[:.-]/g, '') : undefined;
}
