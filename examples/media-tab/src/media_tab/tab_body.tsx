// The tab's parts and what they share: the items, the selection, and what is open above them.

import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Selection } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { UploadPanel } from '../uploads';
import { useAddress } from './address';
import { arrange } from './arrange';
import { RepairBanner, TroubleBanner } from './banners';
import { useChanges } from './changes';
import { Dialogs } from './dialogs';
import type { DialogRequest } from './dialogs/dialog_request';
import { useFocusReturn } from './focus_return';
import { FolderPicker } from './folder_picker';
import { isViewable, type MediaItem } from './item';
import { ItemActionsContext } from './item_actions';
import { ItemList } from './item_list';
import { useLimits } from './limits';
import { useListing } from './listing';
import { SelectionBar } from './selection_bar';
import { Empty, Failed, NothingFits, Skeleton } from './states';
import { useTab } from './tab_context';
import { TabHeader } from './tab_header';
import { TabUploads } from './tab_uploads';
import { Toolbar } from './toolbar';
import { Viewer } from './viewer/viewer';

export function TabBody() {
  const intl = useIntl();
  const { customer, folders, announce } = useTab();
  const { items, status, trouble, deeperFolders, omitted, isIncomplete, retry } = useListing();
  const limits = useLimits();
  const { address, change, openFile, closeFile } = useAddress();
  const changes = useChanges();
  const [selected, setSelected] = useState<Selection>(new Set());
  const [request, setRequest] = useState<DialogRequest | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const { folder, kind, sort } = address;
  const search = useDeferredValue(address.search);
  const shown = useMemo(
    () => arrange(items, { folder, kind, sort, search }, folders, intl.locale),
    [items, folder, kind, sort, search, folders, intl.locale],
  );
  const chosen = useMemo(
    () => (selected === 'all' ? shown : shown.filter(({ path }) => selected.has(path))),
    [shown, selected],
  );
  const viewable = useMemo(() => shown.filter(isViewable), [shown]);
  const pathOf = (file: string) => `${customer.nextcloud_folder}/${file}`;
  const viewed = address.file === null ? -1 : viewable.findIndex(({ path }) => path === pathOf(address.file ?? ''));
  const { leave, comeBack } = useFocusReturn(shown, list, heading);

  const isWritable = limits?.writable === true && trouble === null;
  const isNarrowed = folder !== 'all' || kind !== 'all' || address.search !== '';
  const count = shown.length;
  useEffect(() => {
    if (status === 'ready' && isNarrowed) announce(intl.formatMessage({ id: 'items.count' }, { count }));
  }, [status, isNarrowed, count, announce, intl]);

  const fileOf = (item: MediaItem) => item.path.slice(customer.nextcloud_folder.length + 1);
  const ask = (asked: DialogRequest, opener: Element | null = document.activeElement) => {
    leave(opener, 'item' in asked ? asked.item : asked.items[0]);
    setRequest(asked);
  };
  const actions = {
    changes,
    isWritable,
    ask,
    open: (item: MediaItem) => {
      if (!isViewable(item)) return ask({ kind: 'details', item });
      leave(null, item);
      openFile(fileOf(item));
    },
  };
  const select = (next: Selection) => setSelected(next === 'all' ? new Set(shown.map(({ path }) => path)) : next);
  const clearSelection = () => setSelected(new Set());

  return (
    <ItemActionsContext value={actions}>
      <TabUploads items={items} folder={folder} limits={limits} isWritable={isWritable}>
        <section className="mt" aria-labelledby="mt-heading">
          <TabHeader
            ref={heading}
            items={status === 'ready' ? items : undefined}
            deeperFolders={deeperFolders}
            omitted={omitted}
            isIncomplete={isIncomplete}
            isReadOnly={limits !== undefined && !limits.writable}
          />
          {trouble && status === 'ready' && <TroubleBanner trouble={trouble} onRetry={retry} />}
          <UploadPanel />
          {status === 'ready' && !trouble && <RepairBanner items={items} />}
          <div className="mt-controls">
            <FolderPicker items={items} chosen={folder} onChoose={(next) => change({ folder: next })} />
            <Toolbar address={address} change={change} />
          </div>
          {status === 'loading' && <Skeleton />}
          {status === 'failed' && <Failed onRetry={retry} />}
          {status === 'ready' && items.length === 0 && <Empty isWritable={isWritable} />}
          {status === 'ready' && items.length > 0 && count === 0 && (
            <NothingFits onClear={() => change({ folder: 'all', kind: 'all', search: '' })} />
          )}
          {status === 'ready' && count > 0 && (
            <ItemList items={shown} view={address.view} selected={selected} onSelect={select} listRef={list} />
          )}
          {chosen.length > 0 && (
            <SelectionBar
              items={chosen}
              total={count}
              onSelectAll={() => select('all')}
              onClear={clearSelection}
            />
          )}
        </section>
      </TabUploads>
      <Dialogs
        request={request}
        limits={limits}
        items={items}
        onClose={(gone) => {
          setRequest(null);
          comeBack({ gone });
        }}
      />
      {viewed >= 0 && (
        <Viewer
          items={viewable}
          index={viewed}
          onView={(item) => {
            if (fileOf(item) !== address.file) change({ file: fileOf(item) });
          }}
          onClose={() => {
            const path = viewable[viewed]?.path;
            closeFile();
            comeBack({ to: path });
          }}
        />
      )}
      {address.file !== null && viewed < 0 && status === 'ready' && !isIncomplete && (
        <p className="mt-hidden" role="alert">
          <FormattedMessage id="viewer.gone" values={{ name: address.file }} />
        </p>
      )}
    </ItemActionsContext>
  );
}
