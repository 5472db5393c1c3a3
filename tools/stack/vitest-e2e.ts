import { buildAll } from './build.ts';
import { ensureJars } from './jars.ts';
import { endLeftoversOfTests } from './test-folders.ts';
import { ensureInstalled, stackNeeds, testNeeds } from './prerequisites.ts';
import { paths } from './paths.ts';

/** Prepares what every stack needs; the stories start theirs themselves (sharedStack or startStack of e2e-stack.ts). */
export default async function setup(): Promise<() => Promise<void>> {
  await ensureInstalled([...stackNeeds, ...testNeeds], (text) => console.log(text));
  await Promise.all([buildAll(`${paths.testRun}/build.log`), ensureJars('cassandra').then(() => ensureJars('kafka'))]);
  return endLeftoversOfTests;
}
