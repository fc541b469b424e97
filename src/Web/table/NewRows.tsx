import { Icon } from '@/parts/Icon';
import { counted } from '@/parts/format';
import styles from './DataTable.module.css';

/** New rows wait here, so that nothing jumps under the pointer. */
export function NewRows({ noun, amount, onReveal }: { noun: string; amount: number; onReveal: () => void }) {
  if (amount === 0) {
    return null;
  }
  return (
    <button type="button" className={styles.new} onClick={onReveal}>
      <Icon name="up" size={14} />
      <span role="status">{counted(`new ${noun}`, amount)}</span>
    </button>
  );
}
