// The folders that a customer's folder has.

import type { Direction } from '../client';
import type { Customer } from './customer';

export interface CustomerFolder {
  direction: Direction;
  name: string;
  path: string;
}

const kNames: Record<Direction, string> = {
  sent: 'Sent Media',
  received: 'Received Media',
  internal: 'Internal',
};

export function customerFolders({ nextcloud_folder }: Customer): CustomerFolder[] {
  return (Object.entries(kNames) as [Direction, string][]).map(([direction, name]) => ({
    direction,
    name,
    path: `${nextcloud_folder}/${name}`,
  }));
}

// Which of the three a folder is or lies in.
export function directionOf(path: string, folders: CustomerFolder[]): Direction | 'other' {
  return folders.find((folder) => path === folder.path || path.startsWith(`${folder.path}/`))?.direction ?? 'other';
}
