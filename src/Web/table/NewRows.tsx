import { Icon } from '@/parts/Icon';
import { counted } from '@/parts/format';
import styles from './DataTable.module.css';

/** New rows wait here, so that nothing jumps under the pointer. */
export function NewRows({ noun, amount, onReveal }: { noun: string; amount: number; onReveal: () => void }) {
  return (
    <div role="status" className={styles.waiting}>
      {amount > 0 && (
        <button type="button" className={styles.new} onClick={onReveal}>
          <Icon name="up" size={14} />
          {counted(`new ${noun}`, amount)}
        </button>
      )}
    </div>
  );
}
