// What can be done with one item.

import { useRef } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MessageId } from '../messages';
import { afterDrawing } from './focus_return';
import { Icon, type IconName } from './icon';
import { isViewable, type MediaItem } from './item';
import { useItemActions } from './item_actions';
import { useTab } from './tab_context';

export function ItemMenu({ item }: { item: MediaItem }) {
  const intl = useIntl();
  const { client } = useTab();
  const { open, ask, changes, isWritable } = useItemActions();
  const button = useRef<HTMLButtonElement>(null);
  const { name, state } = item;
  const isFile = state === 'linked' || state === 'unrecorded';
  const mayChange = isWritable && isFile;

  // The list gives the focus that comes back from a menu to the row around the button.
  const focusButton = () => {
    if (document.activeElement === button.current?.closest('[data-key]')) button.current?.focus();
  };

  return (
    <MenuTrigger
      onOpenChange={(isOpen) => {
        if (!isOpen) afterDrawing(() => afterDrawing(focusButton));
      }}
    >
      <Button
        ref={button}
        className="mt-icon-button mt-item-menu"
        aria-label={intl.formatMessage({ id: 'action.more.named' }, { name })}
      >
        <Icon name="more" />
      </Button>
      <Popover className="mt-popover" placement="bottom end">
        <Menu className="mt-menu">
          {isViewable(item) && <Choice icon="eye" text="action.open" act={() => open(item)} />}
          {isFile && item.url && (
            <MenuItem
              className="mt-menu-item"
              href={client.resolve(`${item.url}&download=1`)}
              download={name}
              textValue={intl.formatMessage({ id: 'action.download' })}
            >
              <Icon name="download" />
              <Text slot="label">
                <FormattedMessage id="action.download" />
              </Text>
            </MenuItem>
          )}
          <Choice icon="info" text="action.details" act={() => ask({ kind: 'details', item }, button.current)} />
          {isWritable && state === 'unrecorded' && (
            <Choice icon="link" text="action.adopt" act={() => void changes.adopt([item])} />
          )}
          {mayChange && (
            <>
              <Choice icon="pencil" text="action.rename" act={() => ask({ kind: 'rename', item }, button.current)} />
              <Choice
                icon="move"
                text="action.move"
                act={() => ask({ kind: 'move', items: [item] }, button.current)}
              />
              <Separator className="mt-separator" />
              <Choice
                icon="trash"
                text="action.delete"
                isDangerous
                act={() => ask({ kind: 'delete', items: [item] }, button.current)}
              />
            </>
          )}
          {isWritable && state === 'missing' && (
            <Choice icon="unlink" text="action.drop" isDangerous act={() => void changes.drop([item])} />
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

interface ChoiceProps {
  icon: IconName;
  text: MessageId;
  act: () => void;
  isDangerous?: boolean;
}

function Choice({ icon, text, act, isDangerous = false }: ChoiceProps) {
  const intl = useIntl();
  return (
    <MenuItem
      className="mt-menu-item"
      data-dangerous={isDangerous || undefined}
      textValue={intl.formatMessage({ id: text })}
      onAction={act}
    >
      <Icon name={icon} />
      <Text slot="label">
        <FormattedMessage id={text} />
      </Text>
    </MenuItem>
  );
}
