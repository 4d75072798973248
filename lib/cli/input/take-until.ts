/** Yields the items that come before the signal is aborted; does not wait for one that may never come. */
export async function* takeUntil<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  while (!signal.aborted) {
    const next = await nextUntil(iterator, signal);
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

/** Not `Promise.race`: every race with one long-lived promise keeps its item for as long as that promise lives. */
function nextUntil<T>(iterator: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T> | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(undefined);
    signal.addEventListener("abort", stop, { once: true });
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
