import { MemoryLedger } from "#support/memory-ledger";
import { MemoryObjectStore } from "#support/memory-object-store";
import { claimLedgerContract, orderingLedgerContract } from "./ledger.contract.ts";
import { objectStoreContract } from "./object-store.contract.ts";

claimLedgerContract("the memory ledger", async () => new MemoryLedger(Date.now));
orderingLedgerContract("the memory ledger", async () => new MemoryLedger(Date.now));
objectStoreContract("the memory object store", async () => new MemoryObjectStore());
