// Which of the items are shown, in which order, and how.

import { Button, Input, Label, ListBox, ListBoxItem, Popover, SearchField, Select, SelectValue, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MessageId } from '../messages';
import { type Address, sortKeys } from './address';
import { Icon } from './icon';
import { kinds } from './item';
import { views } from './remembered_view';

interface ToolbarProps {
  address: Address;
  change: (change: Partial<Address>) => void;
}

const kKinds = ['all', ...kinds] as const;

export function Toolbar({ address, change }: ToolbarProps) {
  const intl = useIntl();
  return (
    <div className="mt-toolbar">
      <SearchField
        className="mt-search"
        aria-label={intl.formatMessage({ id: 'toolbar.search' })}
        value={address.search}
        onChange={(search) => change({ search })}
      >
        <Icon name="search" />
        <Input placeholder={intl.formatMessage({ id: 'toolbar.search' })} />
        <Button className="mt-icon-button" aria-label={intl.formatMessage({ id: 'toolbar.clearSearch' })}>
          <Icon name="close" />
        </Button>
      </SearchField>
      <Choose
        label="toolbar.kind"
        value={address.kind}
        values={kKinds}
        textOf={(kind) => `kind.${kind}`}
        onChoose={(kind) => change({ kind })}
      />
      <Choose
        label="toolbar.sort"
        value={address.sort}
        values={sortKeys}
        textOf={(sort) => `sort.${sort}`}
        onChoose={(sort) => change({ sort })}
      />
      <ToggleButtonGroup
        className="mt-views"
        aria-label={intl.formatMessage({ id: 'toolbar.view' })}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[address.view]}
        onSelectionChange={([chosen]) => change({ view: views.find((view) => view === chosen) ?? 'grid' })}
      >
        {views.map((view) => (
          <ToggleButton key={view} id={view} aria-label={intl.formatMessage({ id: `view.${view}` })}>
            <Icon name={view} />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

interface ChooseProps<Value extends string> {
  label: MessageId;
  value: Value;
  values: readonly Value[];
  textOf: (value: Value) => MessageId;
  onChoose: (value: Value) => void;
}

function Choose<Value extends string>({ label, value, values, textOf, onChoose }: ChooseProps<Value>) {
  return (
    <Select
      className="mt-choose"
      value={value}
      onChange={(chosen) => {
        const known = values.find((each) => each === chosen);
        if (known) onChoose(known);
      }}
    >
      <Label className="mt-choose-label">
        <FormattedMessage id={label} />
      </Label>
      <Button className="mt-choose-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="mt-popover">
        <ListBox className="mt-menu">
          {values.map((each) => (
            <ListBoxItem key={each} id={each} className="mt-menu-item">
              <FormattedMessage id={textOf(each)} />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
