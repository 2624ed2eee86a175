// Pictures, films, sounds and PDFs, one after the other, over the whole page.

import { useMemo, useRef } from 'react';
import { useIntl } from 'react-intl';
import Lightbox, { type ZoomRef } from 'yet-another-react-lightbox';
import Counter from 'yet-another-react-lightbox/plugins/counter';
import Video from 'yet-another-react-lightbox/plugins/video';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/plugins/counter.css';
import 'yet-another-react-lightbox/styles.css';
import { Icon } from '../icon';
import type { MediaItem } from '../item';
import { useTab } from '../tab_context';
import { useMediaQuery } from '../use_media_query';
import { AudioSlide, PdfSlide } from './file_slides';
import { slideOf } from './slides';
import './viewer.css';

interface ViewerProps {
  // Those that can be viewed, in the order of the list.
  items: MediaItem[];
  index: number;
  onView: (item: MediaItem) => void;
  onClose: () => void;
}

export function Viewer({ items, index, onView, onClose }: ViewerProps) {
  const intl = useIntl();
  const { client } = useTab();
  const zoom = useRef<ZoomRef>(null);
  const isCalm = useMediaQuery('(prefers-reduced-motion: reduce)');
  const slides = useMemo(() => items.map((item) => slideOf(item, client)), [items, client]);
  const item = items[index];
  const text = (id: 'previous' | 'next' | 'close' | 'lightbox' | 'zoomIn' | 'zoomOut' | 'slide' | 'carousel') =>
    intl.formatMessage({ id: `viewer.${id}` });

  return (
    <Lightbox
      open
      close={onClose}
      index={index}
      slides={slides}
      plugins={[Zoom, Video, Counter]}
      className="mt-viewer"
      styles={{ container: { paddingBlock: '56px 48px' } }}
      carousel={{ finite: true, preload: 1, padding: 0 }}
      animation={isCalm ? { fade: 0, swipe: 0, navigation: 0 } : { fade: 150, swipe: 250 }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      zoom={{ ref: zoom, maxZoomPixelRatio: 4, scrollToZoom: true }}
      video={{ controls: true, playsInline: true, preload: 'metadata' }}
      counter={{ container: { className: 'mt-viewer-counter' } }}
      on={{
        view: ({ index: shown }) => {
          const seen = items[shown];
          if (seen) onView(seen);
        },
      }}
      labels={{
        Previous: text('previous'),
        Next: text('next'),
        Close: text('close'),
        Lightbox: text('lightbox'),
        Carousel: text('carousel'),
        Slide: text('slide'),
        'Photo gallery': text('lightbox'),
        'Zoom in': text('zoomIn'),
        'Zoom out': text('zoomOut'),
        '{index} of {total}': intl.formatMessage({ id: 'viewer.position' }, { index: '{index}', total: '{total}' }),
      }}
      toolbar={{
        buttons: [
          item?.url && (
            <a
              key="download"
              className="yarl__button mt-viewer-download"
              href={client.resolve(`${item.url}&download=1`)}
              download={item.name}
              aria-label={intl.formatMessage({ id: 'action.download.named' }, { name: item.name })}
            >
              <Icon name="download" />
            </a>
          ),
          'close',
        ],
      }}
      render={{
        slide: ({ slide, offset }) => {
          if (slide.type === 'audio') return <AudioSlide src={slide.src} name={slide.name} />;
          if (slide.type === 'pdf') return <PdfSlide src={slide.src} name={slide.name} isCurrent={offset === 0} />;
          return undefined;
        },
        controls: () => <p className="mt-viewer-name">{item?.name}</p>,
      }}
    />
  );
}
