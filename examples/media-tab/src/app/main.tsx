import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsolePage } from './console_page';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <ConsolePage />
  </StrictMode>,
);
