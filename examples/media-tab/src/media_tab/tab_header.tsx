// The tab's name, how much there is in it, and the way to add to it.

import type { RefObject } from 'react';
import { FormattedMessage } from 'react-intl';
import { UploadButton } from '../uploads';
import { useFormats } from './formats';
import { Icon } from './icon';
import type { MediaItem } from './item';

interface TabHeaderProps {
  ref: RefObject<HTMLHeadingElement | null>;
  // Undefined until they are known.
  items: MediaItem[] | undefined;
  deeperFolders: number;
  omitted: number;
  isIncomplete: boolean;
  isReadOnly: boolean;
}

export function TabHeader({ ref, items, deeperFolders, omitted, isIncomplete, isReadOnly }: TabHeaderProps) {
  const { size } = useFormats();
  const bytes = items?.reduce((sum, item) => sum + (item.size ?? 0), 0) ?? 0;
  return (
    <header className="mt-header">
      <div>
        <h2 id="mt-heading" ref={ref} tabIndex={-1}>
          <FormattedMessage id="tab.title" />
        </h2>
        <p className="mt-facts">
          {items && <FormattedMessage id="items.summary" values={{ count: items.length, size: size(bytes) }} />}
          {deeperFolders > 0 && (
            <>
              {' '}
              <FormattedMessage id="items.deeper" values={{ count: deeperFolders }} />
            </>
          )}
          {omitted > 0 && (
            <>
              {' '}
              <FormattedMessage id="items.omitted" values={{ count: omitted }} />
            </>
          )}
          {isIncomplete && (
            <>
              {' '}
              <FormattedMessage id="items.moreComing" />
            </>
          )}
        </p>
      </div>
      <span className="mt-spring" />
      {isReadOnly ? (
        <span className="mt-badge" data-state="readonly">
          <Icon name="lock" />
          <FormattedMessage id="state.readOnly" />
        </span>
      ) : (
        <UploadButton />
      )}
    </header>
  );
}
