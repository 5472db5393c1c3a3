import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

/** The save bar belongs at the foot of the page, whatever column its form is in. */
export function SaveSlot({ children }: { readonly children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById('save-bar')), []);
  return slot ? createPortal(children, slot) : null;
}
