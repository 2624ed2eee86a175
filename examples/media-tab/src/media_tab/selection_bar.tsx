// What can be done with all that is selected.

import { Button, Toolbar } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { Icon } from './icon';
import type { MediaItem } from './item';
import { useItemActions } from './item_actions';

interface SelectionBarProps {
  items: MediaItem[];
  total: number;
  onSelectAll: () => void;
  onClear: () => void;
}

export function SelectionBar({ items, total, onSelectAll, onClear }: SelectionBarProps) {
  const intl = useIntl();
  const { changes, ask, isWritable } = useItemActions();
  const inState = (...states: MediaItem['state'][]) => items.filter(({ state }) => states.includes(state));
  const files = inState('linked', 'unrecorded');
  const unrecorded = inState('unrecorded');
  const missing = inState('missing');
  const opener = (event: { target: Element }) => event.target;

  return (
    <Toolbar className="mt-selection" aria-label={intl.formatMessage({ id: 'selection.label' })}>
      <span className="mt-selection-count">
        <FormattedMessage id="selection.count" values={{ count: items.length }} />
      </span>
      {items.length < total && (
        <Button className="mt-button mt-button-quiet" onPress={onSelectAll}>
          <FormattedMessage id="selection.all" values={{ count: total }} />
        </Button>
      )}
      <span className="mt-spring" />
      {isWritable && unrecorded.length > 0 && (
        <Button className="mt-button" onPress={() => void changes.adopt(unrecorded)}>
          <Icon name="link" />
          <FormattedMessage id="action.adopt" />
        </Button>
      )}
      {isWritable && missing.length > 0 && (
        <Button className="mt-button" onPress={() => void changes.drop(missing)}>
          <Icon name="unlink" />
          <FormattedMessage id="action.drop" />
        </Button>
      )}
      {isWritable && files.length > 0 && (
        <>
          <Button className="mt-button" onPress={(event) => ask({ kind: 'move', items: files }, opener(event))}>
            <Icon name="move" />
            <FormattedMessage id="action.move" />
          </Button>
          <Button
            className="mt-button mt-button-danger"
            onPress={(event) => ask({ kind: 'delete', items: files }, opener(event))}
          >
            <Icon name="trash" />
            <FormattedMessage id="action.delete" />
          </Button>
        </>
      )}
      <Button className="mt-icon-button" aria-label={intl.formatMessage({ id: 'selection.clear' })} onPress={onClear}>
        <Icon name="close" />
      </Button>
    </Toolbar>
  );
}
