// Whether the user looks at a grid or a list, from one visit to the next.

export const views = ['grid', 'list'] as const;
export type View = (typeof views)[number];

const kKey = 'mediadock.view';

// A browser may refuse storage to a page; the view is the grid then.
export function rememberedView(): View {
  try {
    return localStorage.getItem(kKey) === 'list' ? 'list' : 'grid';
  } catch {
    return 'grid';
  }
}

export function rememberView(view: View): void {
  try {
    localStorage.setItem(kKey, view);
  } catch {
    // It is remembered no longer than the address lives.
  }
}
