/** What a consumer remembers of each entity: the highest sequence it has taken. */
export interface Watermarks {
  /** Raises the entity's watermark to `sequence` if it is higher, atomically; tells whether it was. */
  raise(entityKey: string, sequence: number): Promise<boolean>;
}

/**
 * Tells a consumer of a queue whether a message is newer than all it has taken of the entity.
 *
 * Queues cannot stop a sender that was stalled: a message can arrive after a newer one. A consumer that skips what this
 * refuses converges to the newest state. Messages without a sequence (of a queue of
 * every event) are always accepted.
 */
export async function acceptNewest(
  watermarks: Watermarks,
  message: { readonly group: string; readonly sequence?: string },
): Promise<boolean> {
  return message.sequence === undefined || (await watermarks.raise(message.group, Number(message.sequence)));
}
