// Runs every check in order, keeps going after a failure, and ends with `N passed, N failed`. `--quick` stops before what needs real parts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** vitest's JSON report, counted test by test instead of as one check */
  readonly report?: string;
  readonly needsParts?: true;
}

const out = 'dist/checks';
const alias = ['node', '--import', './tools/run/alias.mjs'];
const vitest = (project: string): Step => ({
  name: `tests: ${project}`,
  command: ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${out}/${project}.json`],
  report: `${out}/${project}.json`,
  ...(project === 'unit' ? {} : { needsParts: true as const }),
});

const STEPS: readonly Step[] = [
  { name: 'packages of the system', command: [...alias, 'tools/stack/prerequisites.ts', '--tests'], needsParts: true },
  { name: 'generated code is up to date', command: ['bash', 'tools/bin/generate.sh', '--check'] },
  { name: 'protos break nobody', command: ['buf', 'breaking', 'libs/contracts', '--against', 'libs/contracts/testdata/released.binpb'] },
  { name: 'project graph', command: ['nx', 'show', 'projects'] },
  { name: 'boundaries are enforced', command: [...alias, 'tools/checks/boundary-canary.ts'] },
  { name: 'workspace has its shape', command: [...alias, 'tools/checks/workspace.ts'] },
  { name: 'CQL keeps its rules', command: [...alias, 'tools/checks/cql.ts'] },
  { name: 'prompts have their audio', command: [...alias, 'tools/checks/prompts.ts'] },
  { name: 'types', command: ['node', 'node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the admin UI', command: ['node', 'node_modules/typescript-native/bin/tsc', '-p', 'apps/admin-ui/tsconfig.json'] },
  // one process for the whole: the types of the workspace are read once, not once a project
  { name: 'lint', command: ['eslint', '--max-warnings', '0', 'apps', 'libs', 'tools', 'deploy', 'vite.service.ts', 'vitest.config.ts'] },
  { name: 'build', command: ['nx', 'run-many', '-t', 'build', '--outputStyle=static'] },
  vitest('unit'),
  vitest('parts'),
  vitest('e2e'),
];

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string; readonly assertionResults: readonly Assertion[] }[];
}
interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** what failed and why, a line each: the last lines of a log are what people see first */
  readonly faults: readonly string[];
}

function run(command: readonly string[]): Promise<number> {
  const [file = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A suite that could not even start has no tests of its own: it counts as one failure. */
function count(report: string, code: number): Count {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const suites = testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
    const failed = numFailedTests + suites.length;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'failed');
    const faults = [...suites.map(({ name, message }) => `${name}: ${message}`), ...tests.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join(' ')}`)];
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped: numPendingTests, faults: faults.map(inOneLine) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, faults: [] };
  }
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 400);

const quick = process.argv.includes('--quick');
const totals = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

for (const step of STEPS) {
  if (quick && step.needsParts) continue;
  console.log(`\n── ${step.name}`);
  const began = Date.now();
  const code = await run(step.command);
  const result: Count = step.report ? count(step.report, code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, faults: [] };
  totals.passed += result.passed;
  totals.failed += result.failed;
  totals.skipped += result.skipped;
  lines.push(`${result.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(34)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(3)} failed ${((Date.now() - began) / 1000).toFixed(1).padStart(7)} s`);
  lines.push(...result.faults.map((fault) => `       ${fault}`));
}

console.log(`\n${lines.join('\n')}\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
