// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/request.ts';
import { SaveBar } from './save-bar.tsx';

afterEach(cleanup);

const lines = [{ label: 'Forward all calls', was: 'Off', will: 'to 1003', note: 'no longer follows System' }];
const calm = { saving: false, error: undefined, outcome: undefined, onSave: () => undefined, onDiscard: () => undefined };

describe('the save bar', () => {
  it('is not there while nothing changed', () => {
    const { container } = render(<SaveBar {...calm} lines={[]} />);
    expect(container.textContent).toBe('');
  });

  it('says the change with its consequence and saves by button', () => {
    const save = vi.fn();
    render(<SaveBar {...calm} lines={lines} onSave={save} />);
    expect(screen.getByRole('region', { name: 'Unsaved changes' }).textContent).toContain('Off to 1003 no longer follows System');
    expect(screen.getByText('1 unsaved change')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(save).toHaveBeenCalledOnce();
  });

  it('saves by Ctrl S and keeps the browser from saving the page', () => {
    const save = vi.fn();
    render(<SaveBar {...calm} lines={lines} onSave={save} />);
    const event = new KeyboardEvent('keydown', { key: 's', ctrlKey: true, cancelable: true, bubbles: true });
    document.dispatchEvent(event);
    expect(save).toHaveBeenCalledOnce();
    expect(event.defaultPrevented).toBe(true);
  });

  it('keeps Save focusable and says why it does not save', () => {
    const save = vi.fn();
    render(<SaveBar {...calm} lines={lines} blocked="Enter the number calls go to." onSave={save} />);
    const button = screen.getByRole('button', { name: 'Save', description: 'Enter the number calls go to.' });
    fireEvent.click(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(save).not.toHaveBeenCalled();
  });

  it('does not send a second time while the first is under way', () => {
    const save = vi.fn();
    render(<SaveBar {...calm} saving lines={lines} onSave={save} />);
    fireEvent.keyDown(document, { key: 's', ctrlKey: true });
    expect(save).not.toHaveBeenCalled();
  });

  it('says after saving when the change is in effect, with Undo', () => {
    const undo = vi.fn();
    render(<SaveBar {...calm} lines={[]} outcome={{ text: 'Saved. In effect after 182 ms.', late: false }} onUndo={undo} />);
    expect(screen.getByText('Saved. In effect after 182 ms.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledOnce();
  });

  it('says that an unknown outcome may be saved again', () => {
    const error = new ApiError(503, { type: 'change-log/outcome-unknown', title: 'The store did not answer in time', status: 503, requestId: '7f3a-90c1' });
    render(<SaveBar {...calm} lines={lines} error={error} />);
    expect(screen.getByRole('alert').textContent).toBe('We do not know yet whether this was saved. Saving again is safe: it counts once. request 7f3a-90c1');
  });
});
