import { address, hostPort, httpUrl, phoneFilesUrl, site, spoolDirOf, switchName, type StackLayout } from './layout.ts';
import { paths } from './paths.ts';

export type Environment = Readonly<Record<string, string>>;
export const serviceNames = ['provisioning', 'dial-plan-A', 'dial-plan-B', 'voicemail', 'device-management', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** The environment of one service of the stack; the variables are the services' own (apps/NAME/README.md). */
export function environmentOf(name: ServiceName, layout: StackLayout): Environment {
  switch (name) {
    case 'provisioning':
      return provisioning(layout);
    case 'dial-plan-A':
      return dialPlan(layout, 'A');
    case 'dial-plan-B':
      return dialPlan(layout, 'B');
    case 'voicemail':
      return voicemail(layout);
    case 'device-management':
      return deviceManagement(layout);
    case 'gateway':
      return gateway(layout);
  }
}

export function managementPortOf(name: ServiceName, { ports }: StackLayout): number {
  return {
    provisioning: ports.provisioningManagement,
    'dial-plan-A': ports.dialPlanAManagement,
    'dial-plan-B': ports.dialPlanBManagement,
    voicemail: ports.voicemailManagement,
    'device-management': ports.devicesManagement,
    gateway: ports.gatewayManagement,
  }[name];
}

function shared(layout: StackLayout, name: ServiceName, instance: string, keyspace: string): Environment {
  return {
    SFS_SITE: site,
    SFS_INSTANCE: instance,
    SFS_HOST: address,
    SFS_MANAGEMENT_PORT: String(managementPortOf(name, layout)),
    SFS_SERVICE_TOKEN: layout.secrets.serviceToken,
    SFS_CASSANDRA_CONTACT_POINTS: hostPort(layout.ports.cassandra),
    SFS_CASSANDRA_LOCAL_DC: site,
    SFS_CASSANDRA_KEYSPACE: keyspace,
    SFS_KAFKA_BROKERS: hostPort(layout.ports.kafka),
  };
}

function provisioning(layout: StackLayout): Environment {
  const { ports, secrets } = layout;
  return {
    ...shared(layout, 'provisioning', 'A', 'sfs_provisioning'),
    SFS_PROVISIONING_GRPC_PORT: String(ports.provisioningGrpc),
    SFS_PROVISIONING_ENVELOPE_KEY: secrets.envelopeKey,
    SFS_PROVISIONING_REGISTRARS: `${site}=${httpUrl(ports.credentialDoor)}`,
    SFS_PROVISIONING_REGISTRAR_TOKEN: secrets.registrarToken,
    SFS_PROVISIONING_CREDENTIAL_TOKEN: secrets.sipCredentialsToken,
  };
}

function dialPlan(layout: StackLayout, instance: 'A' | 'B'): Environment {
  const { ports, secrets, dataDir } = layout;
  return {
    ...shared(layout, `dial-plan-${instance}`, instance, 'sfs_dialplan'),
    SFS_DIALPLAN_HTTP_PORT: String(ports[`dialPlan${instance}Http`]),
    SFS_DIALPLAN_GRPC_PORT: String(ports[`dialPlan${instance}Grpc`]),
    SFS_DIALPLAN_SWITCHES: switchName,
    SFS_DIALPLAN_SNAPSHOT_DIR: `${dataDir}/dial-plan-${instance}`,
    SFS_DIALPLAN_SNAPSHOT_KEY: secrets.snapshotKey,
    SFS_DIALPLAN_PROVISIONING: hostPort(ports.provisioningGrpc),
    SFS_DIALPLAN_ADAPTERS: layout.asking === 'evapi' ? `${switchName}=${hostPort(ports.adapter)}` : '',
    SFS_DIALPLAN_ADAPTER_TOKEN: secrets.adapterToken,
    SFS_DIALPLAN_RECORD: 'true',
  };
}

function voicemail(layout: StackLayout): Environment {
  const { ports, secrets, dataDir } = layout;
  return {
    ...shared(layout, 'voicemail', 'A', 'sfs_voicemail'),
    SFS_VOICEMAIL_GRPC_PORT: String(ports.voicemailGrpc),
    SFS_VOICEMAIL_SIP_PORT: String(ports.voicemailSip),
    SFS_VOICEMAIL_SIP_TRUSTED: hostPort(ports.sip),
    SFS_VOICEMAIL_SIP_PROXY: hostPort(ports.sip),
    SFS_VOICEMAIL_RTP_PORTS: `${ports.voicemailRtpFrom}-${ports.voicemailRtpTo}`,
    SFS_VOICEMAIL_PROVISIONING: hostPort(ports.provisioningGrpc),
    SFS_VOICEMAIL_PEPPER: secrets.voicemailPepper,
    SFS_VOICEMAIL_SPOOL_DIR: spoolDirOf(dataDir),
  };
}

function deviceManagement(layout: StackLayout): Environment {
  const { ports, secrets } = layout;
  return {
    ...shared(layout, 'device-management', 'A', 'sfs_devices'),
    SFS_DEVICES_GRPC_PORT: String(ports.devicesGrpc),
    SFS_DEVICES_HTTP_PORT: String(ports.phoneFiles),
    SFS_DEVICES_PUBLIC_URL: phoneFilesUrl(layout),
    SFS_DEVICES_SIP_PORT: String(ports.devicesSip),
    SFS_DEVICES_SIP_TRUSTED: hostPort(ports.sip),
    SFS_DEVICES_SIP_PROXY: hostPort(ports.sip),
    SFS_DEVICES_PROVISIONING: hostPort(ports.provisioningGrpc),
    SFS_DEVICES_PROVISIONING_CREDENTIAL_TOKEN: secrets.sipCredentialsToken,
    SFS_DEVICES_CREDENTIAL_KEY: secrets.devicesCredentialKey,
  };
}

function gateway(layout: StackLayout): Environment {
  const { ports, secrets } = layout;
  const services = serviceNames.map((name) => `${name}=${httpUrl(managementPortOf(name, layout))}`);
  return {
    ...shared(layout, 'gateway', 'A', 'sfs_gateway'),
    SFS_GATEWAY_HTTP_PORT: String(ports.gatewayHttp),
    SFS_GATEWAY_PROVISIONING: hostPort(ports.provisioningGrpc),
    SFS_GATEWAY_DIALPLAN: [ports.dialPlanAGrpc, ports.dialPlanBGrpc].map(hostPort).join(','),
    SFS_GATEWAY_VOICEMAIL: hostPort(ports.voicemailGrpc),
    SFS_GATEWAY_DEVICES: hostPort(ports.devicesGrpc),
    SFS_GATEWAY_BOOTSTRAP_PASSWORD: secrets.adminPassword,
    SFS_GATEWAY_PEPPER: secrets.pepper,
    SFS_GATEWAY_UI_DIR: `${paths.apps}/admin-ui`,
    SFS_GATEWAY_SERVICES: services.join(','),
    SFS_GATEWAY_ORIGINS: `http://localhost:${ports.gatewayHttp},${httpUrl(ports.gatewayHttp)}`,
  };
}
