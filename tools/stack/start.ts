import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bootSteps } from './boot.ts';
import { dataFolder } from './control-client.ts';
import { openControlDoor } from './control-door.ts';
import { finalScreen } from './final-screen.ts';
import { endLeftovers } from './leftovers.ts';
import { logDirOf, secretsFileOf, type StackLayout } from './layout.ts';
import { readPorts, requireFreePorts } from './ports.ts';
import { ensureInstalled, stackNeeds } from './prerequisites.ts';
import { Progress, seconds } from './progress.ts';
import { endCommands } from './run-command.ts';
import { ensureSecrets } from './secrets.ts';
import { StackError } from './stack-error.ts';
import { takeLock } from './stack-lock.ts';
import { StackControl } from './stack-control.ts';
import { runSteps } from './steps.ts';
import { Supervisor } from './supervisor.ts';

const usage = `npm start [-- --reset]
  --reset   begin anew: throws the data of this stack away
  SFS_DATA_DIR and every port (docs: deploy/local/README.md) can be set in the environment`;

// npm passes a Ctrl-C on that the terminal has already sent: a second signal means "at once" only when it comes later.
const SAME_KEY_MS = 1_500;

async function main(): Promise<void> {
  const { values: flags } = parseArgs({ options: { reset: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (flags.help) return console.log(usage);
  const dataDir = dataFolder();
  const ports = readPorts(process.env);
  const progress = new Progress(process.stdout);
  const release = takeLock(dataDir);
  try {
    const ended = await endLeftovers(dataDir);
    if (ended > 0) progress.say(`  ended ${ended} processes that an earlier start had left`);
    if (flags.reset) reset(dataDir);
    await run({ dataDir, ports, secrets: ensureSecrets(secretsFileOf(dataDir)), commitLog: 'durable', asking: 'evapi' }, progress);
  } finally {
    release();
  }
}

async function run(layout: StackLayout, progress: Progress): Promise<void> {
  const onDeath = (name: string, message: string): void => progress.say(`! ${message}\n  the others go on; Ctrl-C ends them, the next npm start brings ${name} back`);
  const supervisor = new Supervisor({ owner: layout.dataDir, logDir: logDirOf(layout), onDeath });
  const asked = untilSignal();
  const control = new StackControl(supervisor, layout);
  const door = await openControlDoor(control, (text) => progress.say(text));
  const began = begin(control, supervisor, progress);
  began.catch(() => undefined);
  try {
    const ready = await Promise.race([began.then(() => true), asked.then(() => false)]);
    // the demo site may have brought new PINs
    if (ready) progress.say(finalScreen({ ...layout, secrets: ensureSecrets(secretsFileOf(layout.dataDir)) }, progress.elapsedMs, logDirOf(layout)));
    else process.exitCode = 130;
    await asked;
  } finally {
    const stopping = performance.now();
    endCommands();
    await door.close();
    await supervisor.stopAll((name) => progress.say(`  stopping ${name}`));
    // what still hangs on a part that has been ended is not waited for
    await Promise.race([began.catch(() => undefined), delay(5_000)]);
    // a part that was just being started when the stop began
    await endLeftovers(layout.dataDir);
    progress.say(`stopped, nothing left running (${seconds(performance.now() - stopping)})`);
  }
}

async function begin({ layout, parts }: StackControl, supervisor: Supervisor, progress: Progress): Promise<void> {
  await progress.step('prerequisites', () => ensureInstalled(stackNeeds, (text) => progress.say(`  ${text}`)), (installed) => (installed.length > 0 ? `installed ${installed.join(', ')}` : 'all there'));
  await progress.step('ports', () => requireFreePorts(layout.ports), () => 'free');
  await runSteps(bootSteps({ layout, parts, supervisor, progress, build: true, demoSite: true }), () => {
    endCommands();
    supervisor.cancel();
  });
}

/** Resolves at Ctrl-C, SIGTERM or when the terminal closes; a later second one ends us at once (the kernel then ends our children). */
function untilSignal(): Promise<void> {
  return new Promise((done) => {
    let first = 0;
    const on = (): void => {
      if (first === 0) first = performance.now();
      else if (performance.now() - first > SAME_KEY_MS) process.exit(130);
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, on);
  });
}

function reset(dataDir: string): void {
  for (const name of ['cassandra', 'kafka', 'kamailio', 'provisioning', 'dial-plan-A', 'dial-plan-B', 'voicemail', 'device-management', 'gateway', 'logs', 'secrets.json']) {
    rmSync(`${dataDir}/${name}`, { recursive: true, force: true });
  }
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof StackError ? `\n${error.message}` : error);
    process.exitCode = 1;
  })
  .finally(() => process.exit());
