import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import styles from './Dialog.module.css';

interface DialogProps {
  /** Its heading, and its name for those who listen. */
  label: string;
  children: ReactNode;
  onClose: () => void;
  /** Width in CSS pixels. */
  size?: number;
  /** Without heading and padding, near the top: for the palette. */
  bare?: boolean;
  /** A click beside it does not close it, when what it shows is shown only once. */
  sticky?: boolean;
}

/** What stands above the page and takes the keyboard until it is closed. */
export function Dialog({ label, children, onClose, size = 460, bare = false, sticky = false }: DialogProps) {
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      centered={!bare}
      yOffset="10vh"
      closeOnClickOutside={!sticky}
      transitionProps={{ duration: 0 }}
      classNames={{ content: styles.content, body: bare ? styles.bare : styles.body }}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content aria-label={bare ? label : undefined}>
        {!bare && (
          <div className={styles.head}>
            <Modal.Title>{label}</Modal.Title>
            <button type="button" onClick={onClose} aria-label="Close" title="Close (Esc)">
              <Icon name="close" />
            </button>
          </div>
        )}
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
