import { Client } from 'cassandra-driver';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Arrivals } from '@sfs/testing';
import { steadyControlConnection } from './steady-control-connection.ts';

const silent = pino({ level: 'silent' });

/** As the driver's: each run is ended by the test. */
class Control {
  readonly runs = new Arrivals<{ hosts: Iterator<unknown> | undefined; end(error?: Error): void }>();

  _refresh(hosts?: Iterator<unknown>): Promise<void> {
    return new Promise((resolve, reject) => this.runs.push({ hosts, end: (error) => (error ? reject(error) : resolve()) }));
  }
}

function steady(): Control {
  const controlConnection = new Control();
  steadyControlConnection({ controlConnection }, silent);
  return controlConnection;
}

describe('the control connection', () => {
  it('is looked for by one at a time, and once more when somebody noticed a loss meanwhile', async () => {
    const control = steady();
    const all = Promise.all([control._refresh(), control._refresh(), control._refresh()]);
    const first = await control.runs.next('the run');
    expect(control.runs.all).toHaveLength(1);
    first.end();
    (await control.runs.next('the run for the loss meanwhile')).end();
    await all;
    expect(control.runs.all).toHaveLength(2);
    const after = control._refresh();
    (await control.runs.next('the next loss')).end();
    await after;
  });

  it('a run goes on with its own list of hosts', async () => {
    const control = steady();
    const begun = control._refresh();
    const run = await control.runs.next('the run');
    const goesOn = control._refresh([1].values());
    (await control.runs.next('its second half')).end();
    await goesOn;
    run.end();
    await begun;
  });

  it('an error that nobody foresaw is no end: it is tried again', async () => {
    const control = steady();
    const begun = control._refresh();
    (await control.runs.next('the run')).end(new TypeError("Cannot read properties of null (reading 'endpoint')"));
    await begun;
    (await control.runs.next('the next attempt')).end();
  });

  it('is where it was in the driver', () => {
    const client = new Client({ contactPoints: ['127.0.0.1'], localDataCenter: 'x' });
    const { controlConnection } = client as unknown as { controlConnection: Control };
    const before = controlConnection._refresh;
    steadyControlConnection(client, silent);
    expect(before).toBeTypeOf('function');
    expect(controlConnection._refresh).not.toBe(before);
  });
});
