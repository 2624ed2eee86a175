// A customer page as a console has it, with the Media tab in it.

import { useEffect, useState } from 'react';
import { FormattedMessage, IntlProvider } from 'react-intl';
import { MediaTab } from '../media_tab/media_tab';
import { languageOf, languages, preferredLocale } from '../messages';
import { LanguageChoice } from './language_choice';
import { chosenLocale, rememberLocale } from './chosen_locale';
import { customerOf } from './sample_customer';
import './console_page.css';

// The host serves this page at its root, wherever a reverse proxy shows that.
const kApiBase = new URL('.', location.href).pathname.slice(0, -1);

export function ConsolePage() {
  const [customer] = useState(() => customerOf(new URL(location.href)));
  const [locale, setLocale] = useState(() => chosenLocale() ?? preferredLocale());
  const language = languageOf(locale);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${customer.name} · Mediadock`;
  }, [language, customer]);

  return (
    <IntlProvider locale={locale} messages={languages[language].messages} defaultLocale="en">
      <header className="console-bar">
        <img src="icon.svg" alt="" width={28} height={28} />
        <strong>Mediadock</strong>
        <span className="console-crumb">
          <FormattedMessage id="app.console" />
        </span>
        <LanguageChoice
          language={language}
          onChoose={(chosen) => {
            rememberLocale(chosen);
            setLocale(chosen);
          }}
        />
      </header>
      <main className="console-page">
        <div className="console-customer">
          <span className="console-avatar" aria-hidden="true">
            {initialsOf(customer.name)}
          </span>
          <div>
            <h1>{customer.name}</h1>
            <dl>
              <div>
                <dt>
                  <FormattedMessage id="app.id" />
                </dt>
                <dd>{customer.id}</dd>
              </div>
              <div>
                <dt>
                  <FormattedMessage id="app.folder" />
                </dt>
                <dd>{customer.nextcloud_folder}</dd>
              </div>
            </dl>
          </div>
        </div>
        <MediaTab customer={customer} locale={locale} apiBase={kApiBase} />
      </main>
    </IntlProvider>
  );
}

function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
}
