import type { Page } from 'playwright-core';
import { MACS } from './fixture/devices.ts';
import { userId } from './fixture/people.ts';
import type { Visit } from './places.ts';

const timeline = (page: Page) => page.getByRole('list', { name: 'Timeline' }).waitFor();

/** The pages of devices, and the states worth looking at. */
export const DEVICE_VISITS: readonly Visit[] = [
  { name: 'devices', login: 'admin', path: '/devices', heading: 'Devices', act: (page) => page.getByRole('link', { name: 'Assign 00:90:8f:5c:11:a2' }).waitFor() },
  { name: 'devices-waiting', login: 'admin', path: '/devices?state=waiting', heading: 'Devices', act: (page) => page.getByText('10.20.9.7').waitFor() },
  { name: 'devices-none', login: 'admin', path: '/devices?q=zz', heading: 'Devices', act: (page) => page.getByText('No device matches').waitFor() },
  { name: 'devices-empty', login: 'admin', path: '/devices', heading: 'Devices', store: (store) => (store.devices.splice(0), store.sweeps.splice(0)), act: (page) => page.getByText('No devices yet').waitFor() },
  { name: 'device-new', login: 'admin', path: '/devices/new', heading: 'Add device', act: addWithFaults },
  { name: 'device-assign', login: 'admin', path: `/devices/new?mac=${MACS.waiting}`, heading: 'Assign AudioCodes / Genesys 450HD', act: pickNumber },
  { name: 'device-waiting', login: 'admin', path: `/devices/${MACS.waiting}`, heading: 'AudioCodes / Genesys 450HD', act: (page) => page.getByText('begins when it is assigned').waitFor() },
  { name: 'device', login: 'admin', path: `/devices/${MACS.drift}`, heading: 'AudioCodes / Genesys 445HD', act: timeline },
  { name: 'device-asked', login: 'admin', path: `/devices/${MACS.drift}`, heading: 'AudioCodes / Genesys 445HD', act: askToFetch },
  { name: 'device-window', login: 'admin', path: `/devices/${MACS.fresh}`, heading: 'Yealink T54W', act: (page) => page.getByRole('timer', { name: 'Time left' }).waitFor() },
  { name: 'device-lost', login: 'admin', path: `/devices/${MACS.lost}`, heading: 'Yealink T46U', act: timeline },
  { name: 'device-in-step', login: 'admin', path: `/devices/${MACS.fine}`, heading: 'Desk by the window', act: timeline },
  { name: 'device-reveal', login: 'admin', path: `/devices/${MACS.fine}`, heading: 'Desk by the window', act: askForSecrets },
  { name: 'device-revealed', login: 'admin', path: `/devices/${MACS.fine}`, heading: 'Desk by the window', act: showSecrets },
  { name: 'device-no-number', login: 'admin', path: `/devices/${MACS.spare}`, heading: 'Spare in the store room', act: (page) => page.getByText('It has no number').waitFor() },
  { name: 'device-settings', login: 'admin', path: `/devices/${MACS.drift}?tab=settings`, heading: 'AudioCodes / Genesys 445HD', act: editDevice },
  { name: 'device-access', login: 'admin', path: `/devices/${MACS.drift}?tab=access`, heading: 'AudioCodes / Genesys 445HD', act: rotate },
  { name: 'device-deleting', login: 'admin', path: `/devices/${MACS.drift}?tab=access`, heading: 'AudioCodes / Genesys 445HD', act: askToDelete },
  { name: 'device-history', login: 'admin', path: `/devices/${MACS.drift}?tab=history`, heading: 'AudioCodes / Genesys 445HD', act: (page) => page.getByRole('table', { name: 'Changes' }).waitFor() },
  { name: 'device-unknown', login: 'admin', path: '/devices/00-15-65-00-00-01', heading: 'No device with the MAC 00:15:65:00:00:01' },
  { name: 'device-profiles', login: 'admin', path: '/devices/profiles', heading: 'Device profiles', act: (page) => page.getByRole('link', { name: 'Reception' }).waitFor() },
  { name: 'device-profile', login: 'admin', path: '/devices/profiles/reception', heading: 'Reception', act: editProfile },
  { name: 'device-profile-new', login: 'admin', path: '/devices/profiles/new', heading: 'New device profile' },
  { name: 'system-device-settings', login: 'admin', path: '/system?tab=device-settings&site=site-a', heading: 'System', act: (page) => page.getByRole('textbox', { name: 'Time server' }).waitFor() },
  { name: 'user-devices', login: 'admin', path: `/users/${userId(2)}?section=devices`, heading: 'Alder Finch', act: (page) => page.getByRole('link', { name: /Desk by the window/ }).waitFor() },
  { name: 'user-devices-none', login: 'admin', path: `/users/${userId(14)}?section=devices`, heading: 'Hazel Swift', act: (page) => page.getByText('No device plays').waitFor() },
];

async function addWithFaults(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'MAC' }).fill('00:90:8f');
  await page.getByRole('button', { name: 'Add device' }).click();
  await page.getByText('Choose the model').waitFor();
}

async function pickNumber(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Number' }).fill('1011');
  await page.getByRole('option', { name: /1011/ }).click();
  await page.getByText('This opens the enrolment window for an hour.').waitFor();
}

async function askToFetch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask to fetch now' }).click();
  await page.getByRole('region', { name: 'Answer of the phone' }).getByText('not registered').first().waitFor();
}

async function askForSecrets(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show secrets…' }).click();
  await page.getByRole('alertdialog', { name: 'Show the secrets of this phone?' }).waitFor();
}

async function showSecrets(page: Page): Promise<void> {
  await askForSecrets(page);
  await page.getByRole('button', { name: 'Show secrets', exact: true }).click();
  await page.getByText('Vt7-kestrel-Qm4p').waitFor();
}

async function editDevice(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'TCP' }).check();
  await page.getByRole('button', { name: /^Voicemail key calls: .* Show all layers$/ }).click();
  await page.getByRole('textbox', { name: 'Label' }).fill('By the stairs');
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor();
}

async function rotate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rotate credential' }).click();
  await page.getByText('Two are valid').waitFor();
}

async function askToDelete(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog', { name: 'Delete 00:90:8f:4e:02:7b?' }).waitFor();
}

async function editProfile(page: Page): Promise<void> {
  await page.getByRole('spinbutton', { name: 'Registers every' }).fill('30');
  await page.getByText('60 or more.').first().waitFor();
  await page.getByRole('table', { name: 'Devices of this profile' }).waitFor();
}
