// The shape every project must have: a type and a scope tag, an alias for a lib, a README with the fixed headings, one door, ADRs that say what they must.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const faults: string[] = [];
const skipped = new Set(['node_modules', 'dist', '.nx', '.git', '.data', 'generated']);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const files = walk(root);
const HEADINGS = ['Does', 'Owns', 'Needs', 'Configure', 'Run', 'Test', 'When it breaks'];

for (const file of files.filter((path) => path.endsWith('/project.json'))) {
  const folder = file.slice(0, -'/project.json'.length);
  const name = relative(root, folder);
  const { tags = [] } = JSON.parse(readFileSync(file, 'utf8')) as { tags?: string[] };
  for (const kind of ['type:', 'scope:']) {
    if (tags.filter((tag) => tag.startsWith(kind)).length !== 1) faults.push(`${name}: exactly one ${kind} tag is needed`);
  }
  const readme = join(folder, 'README.md');
  if (!existsSync(readme)) {
    faults.push(`${name}: README.md is missing`);
    continue;
  }
  const text = readFileSync(readme, 'utf8');
  for (const heading of HEADINGS) if (!new RegExp(`^## ${heading}$`, 'm').test(text)) faults.push(`${name}/README.md: heading "## ${heading}" is missing`);
}

for (const file of files.filter((path) => /\/index\.ts$/.test(path))) {
  if (!/^libs\/(core\/|platform\/)?[a-z-]+\/src\/index\.ts$/.test(relative(root, file))) faults.push(`${relative(root, file)}: only a lib's src/index.ts may be a door`);
}

for (const file of files.filter((path) => /\/docs\/adr\/\d{4}-/.test(path))) {
  const text = readFileSync(file, 'utf8');
  for (const part of ['status:', 'date:', '## Context', '## Options considered', '## Decision', '## Consequences']) {
    if (!text.includes(part)) faults.push(`${relative(root, file)}: "${part}" is missing`);
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log('projects, doors, READMEs and ADRs have their shape');
