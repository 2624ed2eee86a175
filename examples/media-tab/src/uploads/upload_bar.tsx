import { ProgressBar } from 'react-aria-components';

interface UploadBarProps {
  label: string;
  value: number;
  maximum: number;
  // Something is at work that nobody can measure.
  isIndeterminate?: boolean;
}

export function UploadBar({ label, value, maximum, isIndeterminate = false }: UploadBarProps) {
  return (
    <ProgressBar
      className="mt-bar"
      aria-label={label}
      // An empty file is there as soon as it begins.
      value={maximum === 0 ? 1 : value}
      maxValue={maximum || 1}
      isIndeterminate={isIndeterminate}
    >
      {({ percentage }) => (
        <span
          className="mt-bar-fill"
          data-indeterminate={isIndeterminate || undefined}
          style={isIndeterminate ? undefined : { inlineSize: `${percentage ?? 0}%` }}
        />
      )}
    </ProgressBar>
  );
}
