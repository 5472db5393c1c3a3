import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePorts, findFreeRange, isFree } from './free-ports.ts';
import { ownerOfPort, parseSocketTable } from './port-owner.ts';
import { portNames, readPorts, requireFreePorts, type StackPorts } from './ports.ts';

describe('readPorts', () => {
  it('has a port of its own for everything by default', () => {
    const ports = Object.values(readPorts({}));
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('takes a port from the environment', () => {
    expect(readPorts({ SFS_SIP_PORT: '15060' }).sip).toBe(15060);
  });

  it('names every fault at once', () => {
    const faulty = { SFS_SIP_PORT: 'x', SFS_KAFKA_PORT: '70000', SFS_CASSANDRA_PORT: '8080' };
    expect(() => readPorts(faulty)).toThrow(/SFS_KAFKA_PORT[^]*SFS_GATEWAY_HTTP_PORT and SFS_CASSANDRA_PORT are both 8080[^]*SFS_SIP_PORT/);
  });
});

it('finds a range whose every port is free, and not among the single ones', async () => {
  const first = await findFreeRange(20);
  expect(first % 2).toBe(0);
  expect(first + 20).toBeLessThanOrEqual(18_000);
});

describe('a taken port', () => {
  const server = createServer();
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it('is not free', async () => expect(await isFree(port)).toBe(false));

  it('is named with the process that holds it', () => expect(ownerOfPort(port)).toContain(`(process ${process.pid})`));

  it('is refused with the variable that moves ours', async () => {
    const free = await findFreePorts(portNames().length);
    const ports = Object.fromEntries(portNames().map((name, index) => [name, name === 'kafka' ? port : free[index]])) as StackPorts;
    await expect(requireFreePorts(ports)).rejects.toThrow(new RegExp(`port ${port} is taken by .*process ${process.pid}.*SFS_KAFKA_PORT`));
  });
});

it('reads listening and unconnected sockets from the kernel’s table', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:2352 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11111 1 0000000000000000 100 0 0 10 0',
    '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 22222 1 0000000000000000 20 4 30 10 -1',
    ' 210: 0100007F:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 33333 2 0000000000000000 0',
  ].join('\n');
  expect(parseSocketTable(table)).toEqual([
    { port: 9042, inode: '11111' },
    { port: 5060, inode: '33333' },
  ]);
});
