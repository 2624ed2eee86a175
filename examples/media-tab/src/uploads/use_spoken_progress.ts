// Start, each quarter, and the end of uploads, for those who do not see the bars.

import { useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import type { UploadTotals } from './upload_item';

const kQuarter = 25;
// The end has words of its own.
const kLastQuarter = 75;

export function useSpokenProgress(totals: UploadTotals, say: (text: string) => void): void {
  const intl = useIntl();
  const before = useRef({ active: totals.active, quarter: quarterOf(totals) });

  useEffect(() => {
    const { active, quarter } = before.current;
    const now = quarterOf(totals);
    before.current = { active: totals.active, quarter: now };
    if (totals.active > 0 && active === 0) {
      say(intl.formatMessage({ id: 'upload.said.started' }, { count: totals.active }));
    } else if (totals.active > 0 && now > quarter) {
      say(intl.formatMessage({ id: 'upload.said.progress' }, { percent: now }));
    } else if (totals.active === 0 && active > 0) {
      const { done, failed } = totals;
      say(intl.formatMessage({ id: 'upload.said.ended' }, { done, failed }));
    }
  }, [totals, intl, say]);
}

function quarterOf({ bytes, bytesUploaded }: UploadTotals): number {
  const percent = bytes === 0 ? 0 : (bytesUploaded / bytes) * 100;
  return Math.min(kLastQuarter, Math.floor(percent / kQuarter) * kQuarter);
}
