import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

/** The colours in force, and a way to change them; the first visit follows the system. */
export function useScheme(): { scheme: 'light' | 'dark'; toggle: () => void } {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { setColorScheme } = useMantineColorScheme();
  return { scheme, toggle: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') };
}
