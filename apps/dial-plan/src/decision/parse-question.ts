import { isUtf8 } from 'node:buffer';
import { checkQuestion, type Fault } from './check-question.ts';
import { MAX_DEPTH, type Question } from './question.ts';

const QUOTE = 34;
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
  const colons = countColons(body);
  if (colons < 0) return { fault: TOO_DEEP };
  if (!isUtf8(body)) return { fault: NOT_UTF8 };
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return { fault: NOT_JSON };
  }
  const found = checkQuestion(value);
  if (found) return { fault: found };
  // JSON.parse silently keeps the last of two equal names: two readers of one body must not see two calls.
  if (countFields(value as object) !== colons) return { fault: DUPLICATE };
  return { question: value as Question };
}

/** Colons outside strings = fields written; -1 = nested too deep. One pass over the bytes. */
function countColons(body: Buffer): number {
  let depth = 0;
  let colons = 0;
  const length = body.length;
  for (let i = 0; i < length; i++) {
    const byte = body[i];
    if (byte === QUOTE) {
      for (i++; i < length && body[i] !== QUOTE; i++) if (body[i] === BACKSLASH) i++;
    } else if (byte === COLON) colons++;
    else if (byte === 123 || byte === 91) {
      if (++depth > MAX_DEPTH) return -1;
    } else if (byte === 125 || byte === 93) depth--;
  }
  return colons;
}

function countFields(value: object): number {
  let fields = 0;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) if (typeof item === 'object' && item !== null) fields += countFields(item);
    return fields;
  }
  for (const name in value) {
    fields++;
    const field = (value as Record<string, unknown>)[name];
    if (typeof field === 'object' && field !== null) fields += countFields(field);
  }
  return fields;
}
