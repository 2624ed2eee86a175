// The queue: all uploads together, and each by itself.

import { useRef } from 'react';
import { Button, Heading } from 'react-aria-components';
import { FormattedMessage } from 'react-intl';
import { Rejections } from './rejections';
import { TotalProgress } from './total_progress';
import { useUploads } from './upload_context';
import { UploadRow } from './upload_row';
import { useKeptFocus } from './use_kept_focus';

export function UploadPanel() {
  const { state } = useUploads();
  return (
    <>
      <Rejections />
      {state.items.length > 0 && <Panel />}
    </>
  );
}

function Panel() {
  const { queue, state, button } = useUploads();
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useKeptFocus(heading, button);
  const { items, totals } = state;
  return (
    <section className="mt-uploads" ref={panel} aria-labelledby="mt-uploads-heading">
      <header>
        <Heading level={3} id="mt-uploads-heading" ref={heading} tabIndex={-1}>
          <FormattedMessage
            id={totals.active > 0 ? 'upload.heading.active' : 'upload.heading.ended'}
            values={{ active: totals.active, done: totals.done, failed: totals.failed }}
          />
        </Heading>
        {totals.active > 0 && (
          <Button className="mt-button" onPress={() => queue.cancelAll()}>
            <FormattedMessage id="upload.cancel_all" />
          </Button>
        )}
        {totals.done > 0 && totals.active === 0 && (
          <Button className="mt-button" onPress={() => queue.clearDone()}>
            <FormattedMessage id="upload.clear_done" />
          </Button>
        )}
      </header>
      {totals.active > 0 && <TotalProgress totals={totals} />}
      <ul>
        {items.map((item) => (
          <UploadRow key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}
