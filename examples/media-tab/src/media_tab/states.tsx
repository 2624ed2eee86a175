// What is there instead of items: not yet, none, none that fit, or no answer.

import { Button } from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import type { MessageId } from '../messages';
import { Icon, type IconName } from './icon';

const kCards = 12;

export function Skeleton() {
  return (
    <div className="mt-skeleton" role="status">
      <span className="mt-hidden">
        <FormattedMessage id="loading" />
      </span>
      {Array.from({ length: kCards }, (_, index) => (
        <div key={index} className="mt-skeleton-card" aria-hidden="true">
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

interface PlainStateProps {
  icon: IconName;
  title: MessageId;
  text: MessageId;
  action?: { text: MessageId; act: () => void };
}

function PlainState({ icon, title, text, action }: PlainStateProps) {
  return (
    <div className="mt-plain">
      <span className="mt-plain-icon">
        <Icon name={icon} />
      </span>
      <h3>
        <FormattedMessage id={title} />
      </h3>
      <p>
        <FormattedMessage id={text} />
      </p>
      {action && (
        <Button className="mt-button" onPress={action.act}>
          <FormattedMessage id={action.text} />
        </Button>
      )}
    </div>
  );
}

export function Empty({ isWritable }: { isWritable: boolean }) {
  return (
    <PlainState icon="photo" title="empty.title" text={isWritable ? 'empty.text' : 'empty.readOnlyText'} />
  );
}

export function NothingFits({ onClear }: { onClear: () => void }) {
  return (
    <PlainState
      icon="search"
      title="nothingFits.title"
      text="nothingFits.text"
      action={{ text: 'nothingFits.clear', act: onClear }}
    />
  );
}

// In place of the whole tab.
export function Broken({ onRetry }: { onRetry: () => void }) {
  return (
    <section className="mt">
      <header className="mt-header">
        <h2>
          <FormattedMessage id="tab.title" />
        </h2>
      </header>
      <div role="alert">
        <PlainState
          icon="warning"
          title="broken.title"
          text="broken.text"
          action={{ text: 'failed.retry', act: onRetry }}
        />
      </div>
    </section>
  );
}

export function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div role="alert">
      <PlainState
        icon="cloudOff"
        title="failed.title"
        text="failed.text"
        action={{ text: 'failed.retry', act: onRetry }}
      />
    </div>
  );
}
