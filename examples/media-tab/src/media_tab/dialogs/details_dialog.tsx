// All that is known of an item, and its tags, which can be changed.

import { type ReactNode, useState } from 'react';
import { Button, FieldError, Form, Input, Label, Link, TextField } from 'react-aria-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MessageId } from '../../messages';
import { useFormats } from '../formats';
import { Icon } from '../icon';
import type { MediaItem } from '../item';
import { useItemActions } from '../item_actions';
import { useLimits } from '../limits';
import { StateBadge } from '../state_badge';
import { useTab } from '../tab_context';
import { problemWithTags } from '../tag_rules';
import { Thumbnail } from '../thumbnail';
import { DialogFrame } from './dialog_frame';

export function DetailsDialog({ item, onClose }: { item: MediaItem; onClose: () => void }) {
  const { client } = useTab();
  const { isWritable } = useItemActions();
  const { size, dateAndTime } = useFormats();
  const { record } = item;
  return (
    <DialogFrame onClose={onClose} title={item.name}>
      <div className="mt-details">
        <Thumbnail item={item} width={256} height={192} />
        <dl>
          <Fact name="details.state">
            <StateBadge state={item.state} />
          </Fact>
          <Fact name="details.folder">{item.folder}</Fact>
          <Fact name="details.type">{item.mimeType ?? '–'}</Fact>
          <Fact name="details.size">{size(item.size)}</Fact>
          <Fact name="details.modified">{dateAndTime(item.modified)}</Fact>
          {record && (
            <>
              <Fact name="details.recorded">{dateAndTime(record.created_at)}</Fact>
              <Fact name="details.uploadedBy">{record.uploaded_by ?? '–'}</Fact>
              <Fact name="details.direction">
                {record.direction ? <FormattedMessage id={`folder.${record.direction}`} /> : '–'}
              </Fact>
              {record.order_id && <Fact name="details.order">{record.order_id}</Fact>}
              {record.sha256 && (
                <Fact name="details.sha256">
                  <code>{record.sha256}</code>
                </Fact>
              )}
              {(!isWritable || item.state === 'unreachable') && (
                <Fact name="details.tags">{record.tags.join(', ') || '–'}</Fact>
              )}
            </>
          )}
        </dl>
      </div>
      {record && isWritable && item.state !== 'unreachable' && <Tags item={item} onSaved={onClose} />}
      <div className="mt-dialog-actions">
        {item.url && (
          <Link className="mt-button" href={client.resolve(`${item.url}&download=1`)} download={item.name}>
            <Icon name="download" />
            <FormattedMessage id="action.download" />
          </Link>
        )}
        <Button className="mt-button mt-button-primary" onPress={() => onClose()}>
          <FormattedMessage id="dialog.close" />
        </Button>
      </div>
    </DialogFrame>
  );
}

function Fact({ name, children }: { name: MessageId; children: ReactNode }) {
  return (
    <div>
      <dt>
        <FormattedMessage id={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Tags({ item, onSaved }: { item: MediaItem; onSaved: () => void }) {
  const { changes } = useItemActions();
  const intl = useIntl();
  const limits = useLimits();
  const [text, setText] = useState((item.record?.tags ?? []).join(', '));
  const tags = text.split(',').map((tag) => tag.trim()).filter(Boolean);
  const problem = problemWithTags(tags, limits);
  return (
    <Form
      className="mt-tags"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem) return;
        void changes.saveTags(item, tags);
        onSaved();
      }}
    >
      <TextField className="mt-field" value={text} onChange={setText} isInvalid={problem !== null}>
        <Label>
          <FormattedMessage id="details.tagsLabel" />
        </Label>
        <Input />
        <FieldError>
          {problem && intl.formatMessage({ id: problem.text }, { what: problem.what, most: problem.most })}
        </FieldError>
      </TextField>
      <Button className="mt-button" type="submit" isDisabled={problem !== null}>
        <FormattedMessage id="details.saveTags" />
      </Button>
    </Form>
  );
}
