// Files whose names are taken, until somebody says what to do with them.

import type { Conflict, ConflictChoice } from './upload_item';

export class ConflictDesk {
  waiting: readonly Conflict[] = [];
  // By batch, what was said for all.
  private readonly answers = new Map<string, ConflictChoice>();

  // The answer that there is already; without one the file waits.
  ask(conflict: Conflict): ConflictChoice | null {
    const answer = this.answers.get(conflict.batch);
    if (answer) return answer;
    this.waiting = [...this.waiting, conflict];
    return null;
  }

  // The conflicts that are settled: that one, or all that wait of its batch. What comes later of the
  // batch has the same answer then.
  decide(id: string, choice: ConflictChoice, isForAll: boolean): readonly Conflict[] {
    const decided = this.waiting.find((each) => each.id === id);
    if (!decided) return [];
    if (isForAll) this.answers.set(decided.batch, choice);
    const isSettled = (each: Conflict) => each === decided || (isForAll && each.batch === decided.batch);
    const settled = this.waiting.filter(isSettled);
    this.waiting = this.waiting.filter((each) => !isSettled(each));
    return settled;
  }

  clear(): void {
    this.waiting = [];
  }
}
