/**
 * Maps items with at most `limit` calls under way; result i belongs to item i.
 *
 * After a call failed no further one begins; the failure is thrown once the calls under way have ended, so that nothing
 * goes on behind the caller's back.
 */
export async function mapBounded<In, Out>(
  items: readonly In[],
  limit: number,
  call: (item: In, index: number) => Promise<Out>,
): Promise<readonly Out[]> {
  const results = new Array<Out>(items.length);
  const entries = items.entries();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const [index, item] of entries) {
      if (failures.length > 0) return;
      try {
        results[index] = await call(item, index);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
