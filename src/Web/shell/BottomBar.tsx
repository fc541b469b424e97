import { Icon } from '@/parts/Icon';
import { usePages } from './modules';
import { NavLink } from './Nav';
import styles from './Nav.module.css';

/** Navigation on narrow screens, the palette in the middle. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const pages = usePages()
    .filter(({ bar }) => bar)
    .slice(0, 4);
  const half = Math.ceil(pages.length / 2);
  return (
    <nav className={styles.bar} aria-label="Main pages">
      {pages.slice(0, half).map((page) => (
        <div key={page.id}>
          <NavLink page={page} />
        </div>
      ))}
      <div>
        <button type="button" className={styles.find} onClick={onSearch}>
          <Icon name="search" />
          Search
        </button>
      </div>
      {pages.slice(half).map((page) => (
        <div key={page.id}>
          <NavLink page={page} />
        </div>
      ))}
    </nav>
  );
}
