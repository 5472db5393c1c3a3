import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children?: ReactNode;
  readonly foot?: ReactNode;
  readonly onClose?: () => void;
  readonly wide?: boolean;
  readonly alert?: boolean;
}

/** Only for conflicts, deletions, keys and signing in again. Traps the focus and gives it back. */
export function Dialog({ title, intro, children, foot, onClose, wide = false, alert = false }: DialogProps) {
  return (
    <ModalOverlay isOpen isDismissable={Boolean(onClose) && !alert} isKeyboardDismissDisabled={!onClose} onOpenChange={(open) => !open && onClose?.()} className={styles.overlay}>
      <Modal className={cx(styles.modal, wide && styles.wide)}>
        <AriaDialog role={alert ? 'alertdialog' : 'dialog'} className={styles.dialog}>
          <header className={styles.head}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {intro ? <p>{intro}</p> : null}
          </header>
          {children ? <div className={wide ? undefined : styles.body}>{children}</div> : null}
          {foot ? <footer className={styles.foot}>{foot}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export { styles as dialogStyles };
