import { openJournal } from "#delivery/directory/journal";
import { openPartStore } from "#delivery/directory/part-store";
import { openSegmentStore } from "#delivery/directory/segment-store";
import { createMemoryDisk } from "#support/memory-files";
import { CONTRACT_STREAMS, claimLedgerContract } from "./ledger.contract.ts";
import { objectStoreContract } from "./object-store.contract.ts";

async function openNewJournal() {
  const files = createMemoryDisk().mount();
  await files.makeDirectory("/out/objects");
  await files.makeDirectory("/out/temporary");
  const journal = await openJournal({ files, path: "/out/journal", streams: CONTRACT_STREAMS, directory: "d" });
  return { files, journal };
}

claimLedgerContract("the journal of a directory", async () => (await openNewJournal()).journal.ledger);

objectStoreContract("a directory of parts", async () => {
  const { files, journal } = await openNewJournal();
  const place = { files, root: "/out/objects", temporary: "/out/temporary" };
  return openPartStore({ ...place, journal: journal.streamAt(0) });
});

objectStoreContract("a file of segments", async () => {
  const { files, journal } = await openNewJournal();
  return openSegmentStore({ files, journal: journal.streamAt(0), path: "/out/objects/segments" });
});
