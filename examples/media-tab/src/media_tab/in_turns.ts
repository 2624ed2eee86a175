// Does something for each input, a few at a time.

export type Outcome<Input, Value> =
  | { input: Input; status: 'fulfilled'; value: Value }
  | { input: Input; status: 'rejected'; reason: unknown };

// Resolves once all are done or failed, in the order of `inputs`; never rejects.
export async function inTurns<Input, Value>(
  inputs: readonly Input[],
  atOnce: number,
  act: (input: Input) => Promise<Value>,
): Promise<Outcome<Input, Value>[]> {
  const outcomes: Outcome<Input, Value>[] = [];
  const waiting = [...inputs.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, input] = next;
      outcomes[index] = await act(input).then(
        (value) => ({ input, status: 'fulfilled', value }) as const,
        (reason: unknown) => ({ input, status: 'rejected', reason }) as const,
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}
