// Why something went wrong, in the user's words.

import type { IntlShape } from 'react-intl';
import { MediaError } from '../client';
import type { MessageId } from './locale';

const kReasons: Partial<Record<number, MessageId>> = {
  0: 'reason.offline',
  401: 'reason.unauthorised',
  403: 'reason.forbidden',
  404: 'reason.gone',
  409: 'reason.taken',
  412: 'reason.changed',
  413: 'reason.tooLarge',
  415: 'reason.type',
  423: 'reason.locked',
  429: 'reason.tooMany',
  501: 'reason.unsupported',
  502: 'reason.storage',
  503: 'reason.storage',
  504: 'reason.storage',
  507: 'reason.full',
};

// For all else the host's own words, which are English.
export function reasonOf(error: unknown, intl: IntlShape): string {
  if (!(error instanceof MediaError)) return intl.formatMessage({ id: 'reason.unknown' });
  const id = kReasons[error.status];
  return id ? intl.formatMessage({ id }) : error.message || intl.formatMessage({ id: 'reason.unknown' });
}
