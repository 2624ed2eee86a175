// Sizes and times as the user's locale writes them.

import { useIntl } from 'react-intl';

const kUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export interface Formats {
  size: (bytes: number | null) => string;
  date: (time: string | null) => string;
  dateAndTime: (time: string | null) => string;
}

export function useFormats(): Formats {
  const intl = useIntl();
  return {
    size(bytes) {
      if (bytes === null) return '–';
      const power = bytes < 1000 ? 0 : Math.min(kUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
      return intl.formatNumber(bytes / 1000 ** power, {
        style: 'unit',
        unit: kUnits[power],
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: power === 0 ? 0 : 1,
      });
    },
    date: (time) => (time === null ? '–' : intl.formatDate(time, { dateStyle: 'medium' })),
    dateAndTime: (time) =>
      time === null ? '–' : intl.formatDate(time, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}
