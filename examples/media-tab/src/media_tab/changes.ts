// Changing what is stored. The list shows a change at once, and takes back what the host refused.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import type { MessageId } from '../messages';
import { reasonOf } from '../messages';
import { inTurns } from './in_turns';
import type { MediaItem } from './item';
import { type Edit, editEntries, listingKey, recordsKey } from './listing_cache';
import { useTab } from './tab_context';
import { useNotices } from './notices';

const kAtOnce = 3;

interface Change {
  items: MediaItem[];
  // Resolves to what the item became.
  perform: (item: MediaItem) => Promise<Edit>;
  // What is shown until the host answered.
  meanwhile?: Edit;
  done: MessageId;
  failed: MessageId;
}

export function useChanges() {
  const { client, customer, folders } = useTab();
  const intl = useIntl();
  const notices = useNotices();
  const queries = useQueryClient();
  const key = listingKey(client, customer);

  const { mutateAsync, isPending } = useMutation({
    networkMode: 'always',
    onMutate: async ({ items, meanwhile }: Change) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData(key);
      if (meanwhile) editEntries(queries, key, new Map(items.map(({ path }) => [path, meanwhile])));
      return before;
    },
    mutationFn: ({ items, perform }: Change) => inTurns(items, kAtOnce, perform),
    onSuccess: (outcomes, { done, failed }, before) => {
      const succeeded = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      if (refused.length > 0) queries.setQueryData(key, before);
      editEntries(queries, key, new Map(succeeded.map(({ input, value }) => [input.path, value])));
      const [first] = succeeded;
      if (first) {
        notices.tell(intl.formatMessage({ id: done }, { count: succeeded.length, name: first.input.name }));
      }
      const [wrong] = refused;
      if (wrong) {
        notices.warn(
          intl.formatMessage({ id: failed }, { count: refused.length, name: wrong.input.name }),
          refused.map(({ input, reason }) => `${input.name}: ${reasonOf(reason, intl)}`),
        );
      }
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: key }),
        queries.invalidateQueries({ queryKey: recordsKey(client, customer) }),
      ]),
  });

  // Resolves to whether all of it was done.
  const make = async (change: Change): Promise<boolean> => {
    const outcomes = await mutateAsync(change);
    return outcomes.every((outcome) => outcome.status === 'fulfilled');
  };

  const moveTo = async (item: MediaItem, path: string): Promise<Edit> => {
    const moved = await client.move(item.path, path);
    return (entry) => ({
      ...entry,
      ...moved,
      media: entry.media ? { ...entry.media, filename: moved.filename, nextcloud_path: moved.path } : null,
    });
  };

  return {
    isPending,
    // Makes records for files that have none.
    adopt: (items: MediaItem[]) =>
      make({
        items,
        perform: async ({ path }) => {
          const media = await client.createMedia({ nextcloud_path: path, customer_id: customer.id });
          return (entry) => ({ ...entry, media });
        },
        done: 'changes.adopted',
        failed: 'changes.notAdopted',
      }),
    // Removes records whose files are gone.
    drop: (items: MediaItem[]) =>
      make({
        items,
        perform: async ({ record }) => {
          if (record) await client.deleteMedia(record.id);
          return () => null;
        },
        meanwhile: () => null,
        done: 'changes.dropped',
        failed: 'changes.notDropped',
      }),
    remove: (items: MediaItem[]) =>
      make({
        items,
        perform: async ({ path }) => {
          await client.remove(path);
          return () => null;
        },
        meanwhile: () => null,
        done: 'changes.removed',
        failed: 'changes.notRemoved',
      }),
    rename: (item: MediaItem, name: string) =>
      make({
        items: [item],
        perform: () => moveTo(item, `${item.folder}/${name}`),
        done: 'changes.renamed',
        failed: 'changes.notRenamed',
      }),
    move: async (items: MediaItem[], folder: string) => {
      const made = folders.some(({ path }) => path === folder) && client.createFolder(folder);
      await Promise.resolve(made).catch(() => undefined);
      return make({
        items: items.filter((item) => item.folder !== folder),
        perform: (item) => moveTo(item, `${folder}/${item.name}`),
        done: 'changes.moved',
        failed: 'changes.notMoved',
      });
    },
    saveTags: (item: MediaItem, tags: string[]) =>
      make({
        items: [item],
        perform: async ({ record }) => {
          const media = record && (await client.patchMedia(record.id, { tags }));
          return (entry) => ({ ...entry, media });
        },
        done: 'changes.tagged',
        failed: 'changes.notTagged',
      }),
  };
}

export type Changes = ReturnType<typeof useChanges>;
