import './styles/index.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/problem';
import { router } from './routes';
import { resume } from './session/session';

/** A refusal is final; what may pass is tried twice more. */
const retry = (count: number, error: unknown) =>
  count < 2 && error instanceof ApiProblem && error.isPassing && error.status !== 0;

const queries = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 5_000 }, mutations: { retry: false } },
});

resume();
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
