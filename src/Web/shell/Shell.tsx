import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useSession } from '@/api/session';
import { useKeys } from '@/keys/useKeys';
import { liveStream } from '@/live/stream';
import { useActions } from '@/palette/actions';
import { EvidenceContext, type Evidence } from '@/parts/evidence';
import { EvidencePanel } from '@/parts/EvidencePanel';
import { useScheme } from '@/theme/scheme';
import { BottomBar } from './BottomBar';
import { Header } from './Header';
import { usePages } from './modules';
import { Nav } from './Nav';
import styles from './Shell.module.css';
import { useWorkspace } from './workspace';

const loadPalette = () => import('@/palette/Palette').then(({ Palette }) => ({ default: Palette }));
const loadHelp = () => import('./HelpOverlay').then(({ HelpOverlay }) => ({ default: HelpOverlay }));
const Palette = lazy(loadPalette);
const HelpOverlay = lazy(loadHelp);

/** Header, navigation, page and evidence: what stays while pages change. */
export function Shell() {
  const [over, setOver] = useState<'palette' | 'help'>();
  const [shown, setShown] = useState<Evidence>();
  const { insecureHttp } = useSession();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const desk = useMemo(() => ({ shown, open: setShown, close: () => setShown(undefined) }), [shown]);

  useEffect(() => {
    liveStream.start();
    return () => liveStream.close();
  }, []);
  useEffect(() => {
    setShown(undefined);
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [pathname]);
  useReadAhead();
  useShellKeys(setOver, () => {
    const place = main.current;
    (
      place?.querySelector<HTMLElement>('[data-evidence]:focus') ??
      place?.querySelector<HTMLElement>('[data-active] [data-evidence]') ??
      place?.querySelector<HTMLElement>('[data-evidence]')
    )?.click();
  });

  return (
    <EvidenceContext value={desk}>
      <a
        href="#main"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the page
      </a>
      <div className={styles.shell} data-evidence-open={shown ? true : undefined}>
        <Header onSearch={() => setOver('palette')} onHelp={() => setOver('help')} />
        <Nav />
        <div className={styles.body}>
          {insecureHttp && (
            <p className={styles.banner}>
              <strong>Not encrypted.</strong> This server answers over plain HTTP: passwords and keys can be read on the way. Use it in a closed network only.
            </p>
          )}
          <main ref={main} id="main" tabIndex={-1} className={styles.main}>
            <Outlet />
          </main>
        </div>
        <EvidencePanel />
        <BottomBar onSearch={() => setOver('palette')} />
      </div>
      <Suspense>
        {over === 'palette' && <Palette onClose={() => setOver(undefined)} />}
        {over === 'help' && <HelpOverlay onClose={() => setOver(undefined)} />}
      </Suspense>
    </EvidenceContext>
  );
}

/** When the first page has long been shown: the palette and the pages of the navigation, so that going there waits for data only. */
function useReadAhead(): void {
  const pages = usePages();
  const router = useRouter();
  const workspace = useWorkspace();
  useEffect(() => {
    const timer = setTimeout(() => {
      const ahead = [loadPalette(), loadHelp(), ...pages.map((page) => router.preloadRoute({ to: page.path(workspace) }))];
      // What cannot be read ahead is read, or told, when somebody goes there.
      void Promise.allSettled(ahead);
    }, 2_500);
    return () => clearTimeout(timer);
  }, [pages, router, workspace]);
}

function useShellKeys(show: (over: 'palette' | 'help') => void, evidence: () => void): void {
  const pages = usePages();
  const router = useRouter();
  const workspace = useWorkspace();
  const { toggle } = useScheme();
  useKeys([
    { keys: 'mod k', label: 'Search or jump to', run: () => show('palette') },
    { keys: '?', label: 'These keys', run: () => show('help') },
    { keys: 'e', label: 'Evidence of the figure', run: evidence },
    ...pages.flatMap((page) =>
      page.key ? [{ keys: `g ${page.key}`, label: `Go to ${page.title}`, run: () => router.history.push(page.path(workspace)) }] : [],
    ),
  ]);
  useActions([
    { id: 'colours', title: 'Switch between light and dark', icon: 'moon', run: toggle },
    { id: 'keys', title: 'Show the keys', icon: 'help', run: () => show('help') },
  ]);
}
