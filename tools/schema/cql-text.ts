/** One pass over CQL: comments go, statements are cut at semicolons outside of quotes. */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const token of text.matchAll(/--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|;|[\s\S]/g)) {
    const [part] = token;
    if (/^(--|\/\/|\/\*)/.test(part)) continue;
    if (part === ';') {
      statements.push(current);
      current = '';
    } else {
      current += part;
    }
  }
  statements.push(current);
  return statements.map((statement) => statement.replace(/\s+/g, ' ').trim()).filter((statement) => statement !== '');
}

// What 4.1 does not have: the floor we promise.
const NEWER_THAN_4_1 = [/\bvector\s*</i, /StorageAttachedIndex/i, /\bUSING\s+'sai'/i, /\bMASKED\s+WITH\b/i];
const REPEATABLE = [
  /^CREATE (TABLE|TYPE|INDEX) IF NOT EXISTS /i,
  /^ALTER TABLE \S+ ADD IF NOT EXISTS /i,
  /^ALTER TYPE \S+ ADD IF NOT EXISTS /i,
  /^ALTER TABLE \S+ WITH /i,
];

/** Why a statement may not stand in an up.cql; undefined when it may. */
export function faultOf(statement: string): string | undefined {
  if (NEWER_THAN_4_1.some((pattern) => pattern.test(statement))) return 'uses what Cassandra 4.1 does not have';
  if (!REPEATABLE.some((pattern) => pattern.test(statement))) {
    return 'is not repeatable and additive: CREATE … IF NOT EXISTS, ALTER … ADD IF NOT EXISTS or ALTER TABLE … WITH';
  }
  if (/^CREATE TABLE IF NOT EXISTS \S+\.\S+/i.test(statement)) return 'names a keyspace; the tool chooses it';
  return undefined;
}
