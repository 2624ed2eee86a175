// The language that the user chose over the browser's.

const kKey = 'mediadock.locale';

// Null also where the browser refuses storage to the page.
export function chosenLocale(): string | null {
  try {
    return localStorage.getItem(kKey);
  } catch {
    return null;
  }
}

export function rememberLocale(locale: string): void {
  try {
    localStorage.setItem(kKey, locale);
  } catch {
    // It holds as long as the page.
  }
}
