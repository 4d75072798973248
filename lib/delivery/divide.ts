/** What one request takes at most. */
export interface RequestLimits<Item> {
  readonly items: number;
  /** Bytes of all items together; absent = only their number counts. */
  readonly bytes?: number;
  bytesOf?(item: Item): number;
}

/** Divides items, in their order, into as few requests as the limits allow. One item over the limit stands alone. */
export function divide<Item>(
  items: readonly Item[],
  { items: most, bytes: mostBytes = Number.POSITIVE_INFINITY, bytesOf = () => 0 }: RequestLimits<Item>,
): readonly (readonly Item[])[] {
  const requests: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const last = requests.at(-1);
    const own = bytesOf(item);
    bytes += own;
    if (last !== undefined && last.length < most && bytes <= mostBytes) {
      last.push(item);
    } else {
      requests.push([item]);
      bytes = own;
    }
  }
  return requests;
}
