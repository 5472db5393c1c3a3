import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEVICE_VISITS } from './device-places.ts';
import { MACS } from './fixture/devices.ts';
import { PATIENCE, UiUnderTest } from './ui-under-test.ts';

let ui: UiUnderTest;
beforeAll(async () => {
  ui = await UiUnderTest.open('devices');
});
afterAll(() => ui.close());

describe('every page of devices has no finding at 1280 and 390 px, light and dark', PATIENCE, () => {
  it.each(DEVICE_VISITS)('$name', (visit) => ui.judge(visit));
});

describe('devices', PATIENCE, () => {
  it('assigns a phone that waits without a mouse: its window opens, and closes again', async () => {
    await ui.withPage('admin', async (page, store) => {
      const waiting = () => store.devices.find(({ mac }) => mac === MACS.waiting);
      await page.goto('/devices');
      await page.getByRole('link', { name: 'Assign 00:90:8f:5c:11:a2' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'Number' }).focus();
      await page.keyboard.type('Plover');
      await page.getByRole('option', { name: '1011' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByText('This opens the enrolment window for an hour.').waitFor();
      await page.getByRole('button', { name: 'Assign' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('timer', { name: 'Time left' }).filter({ hasText: /^(60:00|59:\d\d)$/ }).waitFor();
      expect(waiting()).toMatchObject({ number: '1011', switchId: 'site-a', model: '450HD', window: { address: '10.20.4.61' } });
      await page.getByRole('button', { name: 'Close window' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('The enrolment window is closed and the phone has never fetched').waitFor();
      expect(waiting()?.window).toBeNull();
    });
  });

  it('masks secrets until somebody asks, confirms, and is written down for it', async () => {
    await ui.withPage('admin', async (page, store) => {
      const looked = () => store.changes.filter(({ kind, entityId }) => kind === 'device-reveal' && entityId === MACS.fine).length;
      await page.goto(`/devices/${MACS.fine}`);
      await page.getByRole('button', { name: 'Show secrets…' }).click();
      await page.getByRole('button', { name: 'Keep masked' }).click();
      expect(looked()).toBe(0);
      expect(await page.getByText('Vt7-kestrel-Qm4p').count()).toBe(0);
      await page.getByRole('button', { name: 'Show secrets…' }).click();
      await page.getByRole('button', { name: 'Show secrets', exact: true }).click();
      await page.getByText('Vt7-kestrel-Qm4p').waitFor();
      expect(looked()).toBe(1);
      await page.getByRole('button', { name: 'Mask secrets' }).click();
      await page.getByText('Vt7-kestrel-Qm4p').waitFor({ state: 'detached' });
    });
  });

  it('saves what is set for one phone, and sets it back to following', async () => {
    await ui.withPage('admin', async (page, store) => {
      const settings = () => store.devices.find(({ mac }) => mac === MACS.drift)?.settings;
      await page.goto(`/devices/${MACS.drift}?tab=settings`);
      await page.getByRole('radio', { name: 'TCP' }).check();
      await page.getByRole('button', { name: 'Reset Looks for changes every to System: 60 min' }).click();
      await page.keyboard.press('Control+s');
      await page.getByRole('region', { name: 'Saved', exact: true }).waitFor();
      expect(settings()).toEqual({ transport: 'tcp', vendorParameters: { 'personal_settings/lcd_brightness': '3' } });
    });
  });
});
