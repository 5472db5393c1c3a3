import { demoDevice, demoDeviceFetch } from './demo-devices.ts';
import { demoPhones } from './demo-site.ts';
import { httpUrl, sipDomain, switchName, voicemailAccessNumber, type StackLayout } from './layout.ts';
import { seconds } from './progress.ts';

/** What a newcomer sees when everything runs. */
export function finalScreen(layout: StackLayout, tookMs: number, logDir: string): string {
  const { ports, secrets } = layout;
  const gateway = `http://localhost:${ports.gatewayHttp}`;
  const line = (label: string, value: string): string => `  ${label.padEnd(16)}${value}`;
  const pinOf = (number: string): string => (secrets.oneTimePins[number] === undefined ? '' : `, mailbox ${number}, PIN ${secrets.oneTimePins[number]}`);
  return [
    '',
    `SFS is ready (${seconds(tookMs)})`,
    '',
    line('Administration', gateway),
    line('Administrator', `admin   password: ${secrets.adminPassword}`),
    line('REST API', `${gateway}/api/openapi.json`),
    line('Call decisions', `POST ${httpUrl(ports.dialPlanAHttp)}/${switchName}, second replica: port ${ports.dialPlanBHttp}`),
    line('SIP', `127.0.0.1:${ports.sip} (UDP and TCP), domain ${sipDomain}`),
    '',
    '  Phones (server 127.0.0.1, domain as above, user = number)',
    ...demoPhones.map(({ number, displayName }) => `    ${number}   ${secrets.sipPasswords[number]}   ${displayName}${pinOf(number)}`),
    '',
    line('Voicemail', `dial ${voicemailAccessNumber} to hear messages; the first time the PIN above, then one of your own`),
    '',
    line('A desk phone', `is entered for ${demoDevice.number}; play it: the first answer carries its secrets, and only the first`),
    `    ${demoDeviceFetch(layout)}`,
    '',
    line('Try first', 'npm run demo in a second terminal: real calls, one line a step'),
    line('Logs', logDir),
    line('Stop', 'Ctrl-C; the data is kept for the next start (npm start -- --reset begins anew)'),
    '',
  ].join('\n');
}
