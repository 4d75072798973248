import type { Emission, OutputChannel } from "../system/channels.ts";
import { maskSeals } from "./mask-seals.ts";

/** A trace, and the time of the wall clock in which it was made. */
export interface TimedTrace {
  readonly emissions: readonly Emission[];
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TraceComparison {
  /** What seals hold may differ. */
  readonly masked: boolean;
  /** Channels that are not compared. */
  readonly except: ReadonlySet<OutputChannel>;
}

/** Lists the channels in which two traces are not the same: bytes, how many, in which order. */
export function differingChannels(
  one: TimedTrace,
  other: TimedTrace,
  comparison: TraceComparison,
): readonly OutputChannel[] {
  const [left, right] = [comparable(one, comparison), comparable(other, comparison)];
  const found = new Set<OutputChannel>();
  for (const channel of new Set([...left, ...right].map((each) => each.channel))) {
    const [mine, theirs] = [left, right].map((all) => all.filter((each) => each.channel === channel));
    if (mine?.length !== theirs?.length || mine?.some(({ text }, index) => text !== theirs?.[index]?.text))
      found.add(channel);
  }
  const moved = left.find(({ channel }, index) => channel !== right[index]?.channel);
  if (found.size === 0 && moved !== undefined) found.add(moved.channel);
  return [...found];
}

interface Comparable {
  readonly channel: OutputChannel;
  readonly text: string;
}

function comparable(trace: TimedTrace, { masked, except }: TraceComparison): readonly Comparable[] {
  return trace.emissions
    .filter(({ channel }) => !except.has(channel))
    .map(({ channel, processor, bytes, raw }) => {
      const parts = raw === undefined || masked ? [bytes] : [bytes, raw];
      const texts = parts.map((part) => textOf(part, masked));
      return { channel, text: withoutNow([processor, ...texts].join("\n"), trace) };
    });
}

function textOf(bytes: Uint8Array, masked: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (masked ? maskSeals(buffer) : buffer).toString("latin1");
}

/** Of milliseconds, and of seconds as signatures have them. */
const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|(?<!\d)\d{13}(?!\d)|\d{8}T\d{6}Z/g;
const SECOND_MS = 1000;

/** Loggers and the SDK read the wall clock by themselves: of a time in which the trace was made, only that it is one stays. */
function withoutNow(text: string, { fromMs, toMs }: TimedTrace): string {
  return text.replace(TIMES, (time) => {
    const ms = msOf(time);
    return ms > fromMs - SECOND_MS && ms <= toMs ? "now" : time;
  });
}

function msOf(time: string): number {
  if (time.length === 13) return Number(time);
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
