import { Kbd } from '@mantine/core';
import { boundKeys } from '@/keys/useKeys';
import { Dialog } from '@/parts/Dialog';
import styles from './HelpOverlay.module.css';

/** The keys that work on the page that is open. */
export function HelpOverlay({ onClose }: { onClose: () => void }) {
  const keys = boundKeys();
  const goes = keys.filter((binding) => binding.keys.startsWith('g '));
  const others = keys.filter((binding) => !binding.keys.startsWith('g '));
  return (
    <Dialog label="Keys" onClose={onClose} size={620}>
      <div className={styles.columns}>
        {[
          ['On this page', others],
          ['Go to', goes],
        ].map(([title, list]) => (
          <section key={title as string}>
            <h3>{title as string}</h3>
            <dl className={styles.list}>
              {(list as typeof keys).map((binding) => (
                <div key={binding.keys}>
                  <dt>
                    {binding.keys.split(' ').map((key) => (
                      <Kbd key={key}>{shown[key] ?? key}</Kbd>
                    ))}
                  </dt>
                  <dd>{binding.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>Keys do nothing while you type in a field. Esc closes what is on top.</p>
    </Dialog>
  );
}

const shown: Record<string, string> = { mod: 'Ctrl' };
