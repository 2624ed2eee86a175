// A small picture in a box whose size does not depend on it.

import { useState } from 'react';
import { Icon } from './icon';
import type { MediaItem } from './item';
import { useTab } from './tab_context';

// Waits before it asks again, in milliseconds.
const kRetryAfter = [1_000, 4_000];

export function Thumbnail({ item, width, height }: { item: MediaItem; width: number; height: number }) {
  const { client } = useTab();
  const [failures, setFailures] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  const url = item.thumbnailUrl;

  const failed = () => {
    const wait = kRetryAfter[failures];
    setFailures(failures + 1);
    if (wait === undefined) return;
    setWaiting(true);
    setTimeout(() => setWaiting(false), wait);
  };

  const isShown = url !== null && !isWaiting && failures <= kRetryAfter.length;
  return (
    <span className="mt-thumbnail" data-kind={item.kind}>
      {isShown ? (
        // The name stands beside it: to read it out twice helps nobody.
        <img
          key={failures}
          src={client.resolve(url)}
          alt=""
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={failed}
        />
      ) : (
        <Icon name={item.kind} />
      )}
      {item.kind === 'video' && isShown && (
        <span className="mt-play">
          <Icon name="play" />
        </span>
      )}
    </span>
  );
}
