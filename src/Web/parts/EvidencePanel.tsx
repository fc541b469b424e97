import { useEffect, useRef } from 'react';
import { useEvidence } from './evidence';
import { Facts } from './Facts';
import { Go } from './Go';
import { Icon } from './Icon';
import styles from './EvidencePanel.module.css';
import { When } from './When';

/** The panel that any figure opens; Esc closes it and gives the focus back. */
export function EvidencePanel() {
  const { shown, close } = useEvidence();
  const panel = useRef<HTMLElement>(null);
  const before = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!shown) {
      return undefined;
    }
    before.current = document.activeElement as HTMLElement;
    panel.current?.focus();
    return () => before.current?.focus();
  }, [shown]);

  if (!shown) {
    return null;
  }
  return (
    <aside
      ref={panel}
      className={styles.panel}
      tabIndex={-1}
      aria-label={`Evidence: ${shown.title}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
        }
      }}
    >
      <div className={styles.head}>
        <h2>
          <bdi>{shown.title}</bdi>
        </h2>
        <button type="button" onClick={close} aria-label="Close evidence" title="Close (Esc)">
          <Icon name="close" />
        </button>
      </div>
      {shown.atMs !== undefined && (
        <p className={styles.at}>
          as of <When atMs={shown.atMs} />
        </p>
      )}
      {shown.facts && <Facts rows={shown.facts} />}
      {shown.body}
      {shown.from && (
        <>
          <h3>From</h3>
          <pre className={styles.from} tabIndex={0}>
            {shown.from}
          </pre>
        </>
      )}
      {shown.link &&
        (shown.link.href.startsWith('/api/') ? <a href={shown.link.href}>{shown.link.text}</a> : <Go href={shown.link.href}>{shown.link.text}</Go>)}
    </aside>
  );
}
