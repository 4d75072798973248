import type { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { answer, taken, textOf } from "../aws-double.ts";

/** What a queue was sent, by request. */
export interface SentMessage {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageDeduplicationId?: string;
}

/** One queue that takes everything. */
export class FakeSqs {
  readonly messages: SentMessage[] = [];

  send({ body }: HttpRequest): HttpResponse {
    const { Entries } = JSON.parse(textOf(body)) as { readonly Entries: readonly SentMessage[] };
    this.messages.push(...Entries);
    return answer(200, { Successful: Entries.map(({ Id, MessageBody }) => taken(Id, MessageBody)), Failed: [] });
  }
}
