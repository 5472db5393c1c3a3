import { isAscii, isUtf8 } from 'node:buffer';
import { checkQuestion, type Fault } from './check-question.ts';
import { MAX_DEPTH, type Question } from './question.ts';

const BACKSLASH = 92;
const COLON = 58;

const fault = (code: string, message: string, remedy: string): Fault => ({ status: 400, code, message, remedy });

const NOT_UTF8 = fault('request/not-utf8', 'the body is not valid UTF-8', 'encode the JSON as UTF-8');
const TOO_DEEP = fault('request/too-deep', `the body nests deeper than ${MAX_DEPTH} levels`, 'send the fields of the question only');
const NOT_JSON = fault('request/not-json', 'the body is not valid JSON', 'send one JSON object with callId, from, to and origin');
const DUPLICATE = fault('request/duplicate-field', 'a field is given twice', 'send each field once');

export type Parsed = { readonly question: Question; readonly fault?: undefined } | { readonly question?: undefined; readonly fault: Fault };

/** Bytes -> question. Never throws; the cheap refusals come before the parser runs. */
export function parseQuestion(body: Buffer): Parsed {
  const ascii = isAscii(body);
  if (!ascii && !isUtf8(body)) return { fault: NOT_UTF8 };
  const text = body.toString(ascii ? 'latin1' : 'utf8');
  const colons = countColons(text);
  if (colons < 0) return { fault: TOO_DEEP };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: NOT_JSON };
  }
  const found = checkQuestion(value);
  if (found) return { fault: found };
  const question = value as Question;
  // JSON.parse silently keeps the last of two equal names: two readers of one body must not see two calls.
  if (colons !== knownFields(question) && colons !== countFields(question)) return { fault: DUPLICATE };
  return { question };
}

/** Colons outside strings = fields written; -1 = nested too deep. Jumps over strings, which are most of a question. */
function countColons(text: string): number {
  let depth = 0;
  let colons = 0;
  let at = 0;
  for (;;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === COLON) colons++;
      else if (code === 123 || code === 91) {
        if (++depth > MAX_DEPTH) return -1;
      } else if (code === 125 || code === 93) depth--;
    }
    if (quote < 0) return colons;
    at = closingQuote(text, quote) + 1;
    // A string without end: the parser will say so.
    if (at === 0) return colons;
  }
}

/** -1 when there is none. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf('"', opening + 1);
  while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

/** What a question without foreign fields has; most have none. */
function knownFields({ diversions, target, trace, op }: Question): number {
  let fields = 4;
  if (diversions !== undefined) fields++;
  if (trace !== undefined) fields++;
  if (op !== undefined) fields++;
  if (target === undefined) return fields;
  fields++;
  if (target.ready !== undefined) fields++;
  return target.busy === undefined ? fields : fields + 1;
}

function countFields(value: object): number {
  if (Array.isArray(value)) return value.reduce<number>((fields, item) => fields + fieldsIn(item), 0);
  return Object.values(value).reduce<number>((fields, field) => fields + 1 + fieldsIn(field), 0);
}

const fieldsIn = (value: unknown): number => (typeof value === 'object' && value !== null ? countFields(value) : 0);
