import '@mantine/core/styles.layer.css';
import './theme/fonts.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { styleNonce } from './api/pageMeta';
import { LanguageProvider } from './language/LanguageProvider';
import { loadTexts, startingLanguage } from './language/languages';
import { reloadOnceAfterUpgrade } from './page/upgrade';
import { router } from './router';
import { theme, variables } from './theme/theme';

reloadOnceAfterUpgrade();
// Asked for before the first render, which waits for them.
void loadTexts(startingLanguage());

const Toasts = lazy(() => import('./page/Toasts'));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <LanguageProvider>
        <RouterProvider router={router} />
        <Suspense>
          <Toasts />
        </Suspense>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
