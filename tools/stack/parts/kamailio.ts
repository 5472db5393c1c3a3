import { renderKamailio, type KamailioValues } from '../../../deploy/kamailio/render.ts';
import { address, emergencyNumbers, hostPort, httpUrl, sipDomain, switchName, type StackLayout } from '../layout.ts';
import type { Part } from '../part.ts';

export interface KamailioStatus {
  readonly asking: 'evapi' | 'http';
  /** healthy ones */
  readonly replicas: number;
  readonly registered: number;
  readonly fallbacks: number;
}

/** The proxy; its folder keeps registrations and credentials over restarts, so phones register while the stores are away. */
export function kamailioPart(layout: StackLayout): Part {
  return {
    name: 'kamailio',
    readyLimitMs: 60_000,
    stopLimitMs: 10_000,
    async prepare() {
      const { command, args } = renderKamailio({ runDir: `${layout.dataDir}/kamailio`, values: valuesOf(layout), mode: layout.asking });
      return { file: command, args };
    },
    isReady: async () => (await kamailioStatus(layout)) !== undefined,
  };
}

export async function kamailioStatus({ ports, secrets }: StackLayout): Promise<KamailioStatus | undefined> {
  try {
    const response = await fetch(`${httpUrl(ports.credentialDoor)}/status`, {
      headers: { authorization: `Bearer ${secrets.registrarToken}` },
      signal: AbortSignal.timeout(2_000),
    });
    return response.ok ? ((await response.json()) as KamailioStatus) : undefined;
  } catch {
    return undefined;
  }
}

function valuesOf({ ports, secrets }: StackLayout): KamailioValues {
  return {
    address,
    sipPort: ports.sip,
    doorPort: ports.credentialDoor,
    evapiPort: ports.adapter,
    domain: sipDomain,
    switchName,
    doorToken: secrets.registrarToken,
    adapterToken: secrets.adapterToken,
    routeSecret: secrets.routeSecret,
    trunks: [hostPort(ports.trunk), hostPort(ports.emergencyTrunk)],
    replicas: [
      { name: 'A', url: httpUrl(ports.dialPlanAHttp) },
      { name: 'B', url: httpUrl(ports.dialPlanBHttp) },
    ],
    emergencyNumbers,
    emergencyTrunk: hostPort(ports.emergencyTrunk),
    voicemail: [hostPort(ports.voicemailSip)],
    devices: [hostPort(ports.devicesSip)],
  };
}
