// The items, as a grid of cards or a list of rows. Only what is in view is in the document.

import { type ReactNode, type RefObject, useMemo } from 'react';
import { Checkbox, GridLayout, GridList, GridListItem, ListLayout, type Selection, Size, Virtualizer } from 'react-aria-components';
import { useIntl } from 'react-intl';
import { useFormats } from './formats';
import { Icon } from './icon';
import type { MediaItem } from './item';
import { useItemActions } from './item_actions';
import { ItemMenu } from './item_menu';
import type { View } from './remembered_view';
import { StateBadge, StateRepair } from './state_badge';
import { Thumbnail } from './thumbnail';
import { useMediaQuery } from './use_media_query';

const kCards = { minItemSize: new Size(200, 248), maxItemSize: new Size(340, 248), minSpace: new Size(14, 14) };
// Two beside one another, with a line more for what mends them.
const kCardsOnPhones = { minItemSize: new Size(140, 276), maxItemSize: new Size(340, 276), minSpace: new Size(12, 12) };
const kPhone = '(max-width: 520px)';
const kRows = { rowHeight: 60 };

interface ItemListProps {
  items: MediaItem[];
  view: View;
  // By path.
  selected: Selection;
  onSelect: (selected: Selection) => void;
  listRef: RefObject<HTMLDivElement | null>;
}

export function ItemList({ items, view, selected, onSelect, listRef }: ItemListProps) {
  const intl = useIntl();
  const { open, ask, isWritable } = useItemActions();
  const byPath = useMemo(() => new Map(items.map((item) => [item.path, item])), [items]);
  const isGrid = view === 'grid';

  const deleteFocused = (event: React.KeyboardEvent) => {
    if (event.key !== 'Delete' || !isWritable) return;
    const row = (event.target as Element).closest('[data-key]');
    const focused = byPath.get(row?.getAttribute('data-key') ?? '');
    if (!focused) return;
    const isSelected = selected === 'all' || selected.has(focused.path);
    const chosen = isSelected ? items.filter(({ path }) => selected === 'all' || selected.has(path)) : [focused];
    ask({ kind: 'delete', items: chosen.filter((item) => item.state !== 'missing') }, row);
  };

  return (
    <div onKeyDown={deleteFocused}>
      <Arrangement key={view} view={view}>
        <GridList
          ref={listRef}
          className="mt-items"
          data-view={view}
          aria-label={intl.formatMessage({ id: 'items.label' })}
          layout={isGrid ? 'grid' : 'stack'}
          keyboardNavigationBehavior="tab"
          selectionMode="multiple"
          selectedKeys={selected}
          onSelectionChange={onSelect}
          escapeKeyBehavior="clearSelection"
          items={items}
          dependencies={[view, isWritable, intl.locale]}
          onAction={(path) => {
            const item = byPath.get(String(path));
            if (item) open(item);
          }}
        >
          {(item) => (
            <GridListItem
              id={item.path}
              textValue={item.name}
              className="mt-item"
              data-state={item.state}
              data-view={view}
            >
              {isGrid ? <Card item={item} /> : <Row item={item} />}
            </GridListItem>
          )}
        </GridList>
      </Arrangement>
    </div>
  );
}

function Arrangement({ view, children }: { view: View; children: ReactNode }) {
  const isPhone = useMediaQuery(kPhone);
  return view === 'grid' ? (
    <Virtualizer layout={GridLayout} layoutOptions={isPhone ? kCardsOnPhones : kCards}>
      {children}
    </Virtualizer>
  ) : (
    <Virtualizer layout={ListLayout} layoutOptions={kRows}>
      {children}
    </Virtualizer>
  );
}

function SelectBox() {
  return (
    <Checkbox slot="selection" className="mt-select">
      <span className="mt-tick">
        <Icon name="check" />
      </span>
    </Checkbox>
  );
}

function Card({ item }: { item: MediaItem }) {
  const { size, date } = useFormats();
  return (
    <>
      <Thumbnail item={item} width={256} height={192} />
      <SelectBox />
      <div className="mt-card-text">
        <span className="mt-name" title={item.name}>
          {item.name}
        </span>
        <span className="mt-facts">
          {size(item.size)} <span className="mt-card-date">· {date(item.modified)}</span>
        </span>
      </div>
      <ItemMenu item={item} />
      <div className="mt-card-state">
        <StateBadge state={item.state} />
        <StateRepair item={item} />
      </div>
    </>
  );
}

function Row({ item }: { item: MediaItem }) {
  const { size, dateAndTime } = useFormats();
  return (
    <>
      <SelectBox />
      <Thumbnail item={item} width={56} height={42} />
      <span className="mt-name" title={item.name}>
        {item.name}
      </span>
      <span className="mt-row-state">
        <StateBadge state={item.state} />
        <StateRepair item={item} />
      </span>
      <span className="mt-facts mt-row-size">{size(item.size)}</span>
      <span className="mt-facts mt-row-date">{dateAndTime(item.modified)}</span>
      <ItemMenu item={item} />
    </>
  );
}
