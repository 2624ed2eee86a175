// How far all uploads together are.

import { useIntl } from 'react-intl';
import { formatBytes, formatDuration, formatSpeed } from './amounts';
import { UploadBar } from './upload_bar';
import type { UploadTotals } from './upload_item';

export function TotalProgress({ totals }: { totals: UploadTotals }) {
  const intl = useIntl();
  const { bytes, bytesUploaded, bytesPerSecond, secondsLeft, files, failed, done } = totals;
  const facts = [
    intl.formatMessage({ id: 'upload.files_done' }, { done, files: files - failed }),
    intl.formatMessage(
      { id: 'upload.bytes_of' },
      { sent: formatBytes(intl, bytesUploaded), all: formatBytes(intl, bytes) },
    ),
    bytesPerSecond > 0 && formatSpeed(intl, bytesPerSecond),
    secondsLeft !== null &&
      intl.formatMessage({ id: 'upload.time_left' }, { time: formatDuration(intl, secondsLeft) }),
  ];
  return (
    <div className="mt-upload-total">
      <UploadBar
        label={intl.formatMessage({ id: 'upload.total' })}
        value={bytesUploaded}
        maximum={bytes}
      />
      <p>{facts.filter(Boolean).join(' · ')}</p>
    </div>
  );
}
