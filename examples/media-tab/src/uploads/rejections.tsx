// Files that were not even tried, each with the reason.

import { Button } from 'react-aria-components';
import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import { formatBytes } from './amounts';
import { useUploads } from './upload_context';
import type { RejectionReason } from './upload_item';

export function Rejections() {
  const { queue, state, button } = useUploads();
  const intl = useIntl();
  const { rejections } = state;
  if (rejections.length === 0) return null;
  return (
    <div className="mt-rejections" role="alert">
      <p>
        <FormattedMessage id="upload.rejected" values={{ count: rejections.length }} />
      </p>
      <ul>
        {rejections.map(({ name, reason }, index) => (
          <li key={index}>
            <bdi>{name}</bdi>: {inWords(intl, reason)}
          </li>
        ))}
      </ul>
      <Button
        className="mt-button"
        onPress={() => {
          queue.clearRejections();
          button.current?.focus();
        }}
      >
        <FormattedMessage id="upload.rejected.close" />
      </Button>
    </div>
  );
}

function inWords(intl: IntlShape, reason: RejectionReason): string {
  const say = (values: Record<string, string> = {}) =>
    intl.formatMessage({ id: `upload.reason.${reason.code}` }, values);
  switch (reason.code) {
    case 'too_large':
    case 'no_room':
    case 'name_too_long':
      return say({ size: formatBytes(intl, reason.bytes) });
    case 'denied_type':
      return say({ type: reason.type });
    case 'forbidden_character':
      return say({ character: reason.character });
    case 'forbidden_ending':
      return say({ ending: reason.ending });
    case 'not_writable':
    case 'forbidden_name':
    case 'queued_already':
      return say();
  }
}
