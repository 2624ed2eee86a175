// One file in the queue.

import { Button } from 'react-aria-components';
import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import { formatBytes, formatDuration, formatSpeed } from './amounts';
import { UploadBar } from './upload_bar';
import { useUploads } from './upload_context';
import type { UploadItem, UploadProblem } from './upload_item';

export function UploadRow({ item }: { item: UploadItem }) {
  const intl = useIntl();
  const { name, destination, phase, problem, size, bytesUploaded } = item;
  const isUnderWay = phase !== 'done' && phase !== 'failed';
  return (
    <li className="mt-upload-row" data-phase={phase}>
      <p className="mt-upload-name">
        <bdi>{name}</bdi> <span className="mt-upload-folder">{destination}</span>
      </p>
      <Actions item={item} />
      {isUnderWay && (
        <UploadBar
          label={intl.formatMessage({ id: 'upload.progress_of' }, { name })}
          value={bytesUploaded}
          maximum={size}
          isIndeterminate={phase === 'finishing'}
        />
      )}
      {phase === 'failed' ? (
        <p className="mt-upload-state mt-upload-error" role="alert">
          <FormattedMessage
            id="upload.state.failed"
            values={{ name, reason: reasonOf(intl, problem) }}
          />
        </p>
      ) : (
        <p className="mt-upload-state">{stateInWords(intl, item)}</p>
      )}
    </li>
  );
}

function Actions({ item: { id, name, phase } }: { item: UploadItem }) {
  const { queue } = useUploads();
  const intl = useIntl();
  const label = (key: 'pause' | 'resume' | 'retry' | 'cancel' | 'dismiss') => ({
    'aria-label': intl.formatMessage({ id: `upload.${key}.name` }, { name }),
    children: intl.formatMessage({ id: `upload.${key}` }),
    className: 'mt-button mt-button-small',
  });
  return (
    <div className="mt-upload-actions">
      {(phase === 'uploading' || phase === 'interrupted') && (
        <Button {...label('pause')} onPress={() => queue.pause(id)} />
      )}
      {phase === 'paused' && <Button {...label('resume')} onPress={() => queue.resume(id)} />}
      {phase === 'failed' && <Button {...label('retry')} onPress={() => queue.retry(id)} />}
      {/* The storage is making a file of it: there is no way back. */}
      {phase !== 'finishing' && phase !== 'done' && (
        <Button {...label('cancel')} onPress={() => queue.remove(id)} />
      )}
      {phase === 'done' && <Button {...label('dismiss')} onPress={() => queue.remove(id)} />}
    </div>
  );
}

function stateInWords(intl: IntlShape, item: UploadItem): string {
  const { phase, size, bytesUploaded, bytesPerSecond, secondsLeft, problem } = item;
  const all = formatBytes(intl, size);
  const sent = intl.formatMessage({ id: 'upload.bytes_of' }, { sent: formatBytes(intl, bytesUploaded), all });
  const facts = {
    waiting: [intl.formatMessage({ id: 'upload.state.waiting' }), all],
    uploading: [
      sent,
      bytesPerSecond > 0 && formatSpeed(intl, bytesPerSecond),
      secondsLeft !== null &&
        intl.formatMessage({ id: 'upload.time_left' }, { time: formatDuration(intl, secondsLeft) }),
    ],
    finishing: [intl.formatMessage({ id: 'upload.state.finishing' })],
    interrupted: [
      intl.formatMessage({ id: 'upload.state.interrupted' }, { reason: reasonOf(intl, problem) }),
      sent,
    ],
    paused: [intl.formatMessage({ id: 'upload.state.paused' }), sent],
    failed: [],
    done: [intl.formatMessage({ id: 'upload.state.done' }), all],
  }[phase];
  return facts.filter(Boolean).join(' · ');
}

// The host's own words where it gave some.
function reasonOf(intl: IntlShape, problem: UploadProblem | null): string {
  if (!problem || problem.status === 0) return intl.formatMessage({ id: 'upload.reason.no_connection' });
  return problem.detail || problem.title || String(problem.status);
}
