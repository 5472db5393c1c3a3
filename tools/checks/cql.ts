// Reads every statement of *.cql.ts and every schema.cql and refuses what would hurt: SELECT *, ALLOW FILTERING, an unbound partition key, unknown
// tables or columns, a conditional statement marked idempotent, and words that Cassandra 4.1 does not know.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

interface Table {
  readonly columns: ReadonlySet<string>;
  readonly partitionKey: readonly string[];
}

const root = join(import.meta.dirname, '../..');
const faults: string[] = [];
const ONLY_5 = /\b(VECTOR|StorageAttachedIndex|SAI|MASKED|UNLOGGED LOGGED)\b/i;

function tablesOf(file: string): Map<string, Table> {
  const text = readFileSync(file, 'utf8').replace(/--.*$/gm, '');
  if (ONLY_5.test(text)) faults.push(`${relative(root, file)}: Cassandra 4.1 does not know ${ONLY_5.exec(text)?.[0]}`);
  const tables = new Map<string, Table>();
  for (const [, name = '', body = ''] of text.matchAll(/CREATE TABLE(?: IF NOT EXISTS)? (\w+)\s*\(([\s\S]*?)\n?\)\s*(?:WITH|;)/gi)) {
    const key = /PRIMARY KEY\s*\(\s*(?:\(([^)]*)\)|(\w+))/i.exec(body);
    const partitionKey = (key?.[1] ?? key?.[2] ?? '').split(',').map((column) => column.trim());
    const inline = /^\s*(\w+)\s+[\w<>, ]+\bPRIMARY KEY\b/im.exec(body)?.[1];
    const columns = new Set([...body.matchAll(/^\s*(\w+)\s+(?:text|bigint|int|uuid|timeuuid|timestamp|boolean|blob|double|date|map|set|list|frozen|tinyint|smallint|inet)\b/gim)].map((match) => match[1] ?? ''));
    tables.set(name, { columns, partitionKey: inline ? [inline] : partitionKey });
  }
  return tables;
}

type Say = (fault: string) => void;

function checkWords(cql: string, idempotent: boolean, say: Say): void {
  if (/SELECT \*/i.test(cql)) say('name the columns');
  if (/ALLOW FILTERING/i.test(cql)) say('ALLOW FILTERING scans the cluster: make a table for this query');
  const conditional = /^(INSERT|UPDATE|DELETE)/i.test(cql) && / IF /i.test(cql);
  if (conditional && idempotent) say('a conditional statement is never idempotent: the driver would retry it and answer "not applied" to its own write');
}

/** The columns that are given a value for the row: of an INSERT its list, else what WHERE compares. */
function boundColumns(cql: string): string[] {
  if (/^INSERT/i.test(cql)) return (/\(([^)]*)\)/.exec(cql)?.[1] ?? '').split(',').map((column) => column.trim());
  const where = / WHERE (.*?)(?: IF | ORDER BY | LIMIT |$)/i.exec(cql)?.[1] ?? '';
  return [...where.matchAll(/(\w+) (?:=|IN)/gi)].map((match) => match[1] ?? '');
}

function check(name: string, statement: { cql: string; idempotent: boolean }, tables: Map<string, Table>): void {
  const cql = statement.cql.replace(/\s+/g, ' ').trim();
  const say: Say = (fault) => faults.push(`${name}: ${fault}\n  ${cql}`);
  checkWords(cql, statement.idempotent, say);
  if (/FROM system/i.test(cql)) return;
  const tableName = /(?:FROM|INTO|^UPDATE) (\w+)/i.exec(cql)?.[1] ?? '';
  const table = tables.get(tableName);
  if (!table) return say(`table ${tableName} is in no schema.cql of this project`);
  const bound = boundColumns(cql);
  const isScan = /^SELECT/i.test(cql) && !/ WHERE /i.test(cql);
  for (const column of isScan ? [] : table.partitionKey) if (!bound.includes(column)) say(`partition key column ${column} is not bound`);
  for (const column of bound) if (!table.columns.has(column)) say(`${tableName} has no column ${column}`);
}

let statements = 0;
for (const file of globSync('{apps,libs,tools}/**/*.cql.ts', { cwd: root, exclude: (path) => path.includes('node_modules') })) {
  const project = file.startsWith('apps/') ? file.split('/').slice(0, 2).join('/') : dirname(dirname(file));
  const tables = new Map(globSync(`${project}/schema/**/*.cql`, { cwd: root }).flatMap((schema) => [...tablesOf(join(root, schema))]));
  for (const [name, value] of Object.entries((await import(join(root, file))) as Record<string, unknown>)) {
    if (typeof value !== 'object' || value === null || !('cql' in value)) continue;
    statements += 1;
    check(`${file} ${name}`, value as { cql: string; idempotent: boolean }, tables);
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${statements} statements keep the rules`);
