import './theme/mantine.css';
import './theme/tokens.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '@/api/query';
import { ModulesContext } from '@/shell/modules';
import { theme, variables } from '@/theme/theme';
import { modules, router } from './router';

// The nonce under which the content security policy lets style elements in; dialogs read the global one.
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

// Addresses that other clients print, such as MLflow's `/#/experiments/1`, lead to our pages.
const follow = () => {
  for (const { moved } of modules) {
    const to = moved?.({ path: location.pathname, search: location.search, hash: location.hash });
    if (to !== undefined) {
      router.history.replace(to);
    }
  }
};
follow();
addEventListener('hashchange', follow);

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <ModulesContext value={modules}>
          <RouterProvider router={router} />
        </ModulesContext>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
