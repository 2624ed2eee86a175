// Sounds and PDFs in the viewer.

import { FormattedMessage } from 'react-intl';
import { Icon } from '../icon';

interface FileSlideProps {
  src: string;
  name: string;
}

export function AudioSlide({ src, name }: FileSlideProps) {
  return (
    <div className="mt-viewer-audio">
      <Icon name="audio" />
      <audio controls preload="metadata" src={src} aria-label={name} />
    </div>
  );
}

// The host's answer fences the PDF in (`Content-Security-Policy: sandbox`); the browser's own viewer draws it,
// in a process of its own. The attribute `sandbox` would keep that viewer from coming up at all.
export function PdfSlide({ src, name, isCurrent }: FileSlideProps & { isCurrent: boolean }) {
  if (!isCurrent) return <div className="mt-viewer-pdf" />;
  if (!navigator.pdfViewerEnabled) {
    return (
      <p className="mt-viewer-open">
        <Icon name="document" />
        <a href={src} target="_blank" rel="noreferrer">
          <FormattedMessage id="viewer.openPdf" values={{ name }} />
        </a>
      </p>
    );
  }
  return <iframe className="mt-viewer-pdf" src={src} title={name} />;
}
