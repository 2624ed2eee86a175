// What is unusual about an item, in words, and what mends it with one press.

import { Button } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MessageId } from '../messages';
import { Icon, type IconName } from './icon';
import type { ItemState, MediaItem } from './item';
import { useItemActions } from './item_actions';

const kLooks: Record<ItemState, { text: MessageId; icon: IconName }> = {
  linked: { text: 'state.linked', icon: 'link' },
  unrecorded: { text: 'state.unrecorded', icon: 'unlink' },
  missing: { text: 'state.missing', icon: 'warning' },
  unreachable: { text: 'state.unreachable', icon: 'cloudOff' },
};

export function StateBadge({ state }: { state: ItemState }) {
  const { text, icon } = kLooks[state];
  return (
    <span className="mt-badge" data-state={state}>
      <Icon name={icon} />
      <FormattedMessage id={text} />
    </span>
  );
}

// Nothing for an item that is as it should be.
export function StateRepair({ item }: { item: MediaItem }) {
  const intl = useIntl();
  const { changes, isWritable } = useItemActions();
  if (!isWritable) return null;
  const { name } = item;
  if (item.state === 'unrecorded') {
    return (
      <Button
        className="mt-repair"
        aria-label={intl.formatMessage({ id: 'action.adopt.named' }, { name })}
        onPress={() => void changes.adopt([item])}
      >
        <FormattedMessage id="action.adopt" />
      </Button>
    );
  }
  if (item.state === 'missing') {
    return (
      <Button
        className="mt-repair"
        aria-label={intl.formatMessage({ id: 'action.drop.named' }, { name })}
        onPress={() => void changes.drop([item])}
      >
        <FormattedMessage id="action.drop" />
      </Button>
    );
  }
  return null;
}
