// What is to be said of the whole tab.

import { Button } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MediaError } from '../client';
import { reasonOf } from '../messages';
import { Icon } from './icon';
import type { MediaItem } from './item';
import { useItemActions } from './item_actions';

export function TroubleBanner({ trouble, onRetry }: { trouble: MediaError; onRetry: () => void }) {
  const intl = useIntl();
  return (
    <div className="mt-banner" data-kind="trouble" role="alert">
      <Icon name="cloudOff" />
      <p>
        <strong>{reasonOf(trouble, intl)}</strong> <FormattedMessage id="trouble.text" />
      </p>
      <Button className="mt-button" onPress={onRetry}>
        <Icon name="refresh" />
        <FormattedMessage id="failed.retry" />
      </Button>
    </div>
  );
}

// Offers to mend all of what is not as it should be at once.
export function RepairBanner({ items }: { items: MediaItem[] }) {
  const { changes, isWritable } = useItemActions();
  const unrecorded = items.filter(({ state }) => state === 'unrecorded');
  const missing = items.filter(({ state }) => state === 'missing');
  if (!isWritable || unrecorded.length + missing.length === 0) return null;
  return (
    <div className="mt-banner" data-kind="repair">
      <Icon name="info" />
      <p>
        <FormattedMessage
          id="repair.text"
          values={{ unrecorded: unrecorded.length, missing: missing.length }}
        />
      </p>
      {unrecorded.length > 0 && (
        <Button className="mt-button" isDisabled={changes.isPending} onPress={() => void changes.adopt(unrecorded)}>
          <FormattedMessage id="repair.adoptAll" values={{ count: unrecorded.length }} />
        </Button>
      )}
      {missing.length > 0 && (
        <Button className="mt-button" isDisabled={changes.isPending} onPress={() => void changes.drop(missing)}>
          <FormattedMessage id="repair.dropAll" values={{ count: missing.length }} />
        </Button>
      )}
    </div>
  );
}
