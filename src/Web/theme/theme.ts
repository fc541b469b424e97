import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const sea: MantineColorsTuple = ['#eaf3f9', '#d3e5f1', '#a6cbe3', '#76afd4', '#4c96c6', '#2f82b6', '#1d6d9f', '#125a86', '#0b476c', '#073450'];
const gray: MantineColorsTuple = ['#f6f8fa', '#eef2f5', '#e3e9ee', '#d3dbe2', '#b5c0ca', '#8d9ba8', '#5d6b79', '#43515e', '#2b3945', '#16212b'];
const dark: MantineColorsTuple = ['#e3eaf0', '#b2bfcb', '#93a2b0', '#7b8b99', '#3f5160', '#24323e', '#18232d', '#111a22', '#0b1117', '#070b0f'];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 6 },
  colors: { sea, gray, dark },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '15px' }, h3: { fontSize: '14px' } } },
});

/** Mantine's own variables follow the tokens, so that there is one place for a colour. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-anchor': 'var(--brand-text)',
    '--mantine-color-error': 'var(--no)',
    '--mantine-color-red-light-color': 'var(--no)',
    '--mantine-color-sea-light-color': 'var(--brand-text)',
  };
  return { variables: {}, light: shared, dark: shared };
};
