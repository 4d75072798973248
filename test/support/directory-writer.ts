import { randomBytes } from "node:crypto";
import { nodeFiles } from "#delivery/directory/node-files";
import { nodeProcesses } from "#delivery/directory/node-processes";
import { openDirectory } from "#delivery/directory/open-directory";
import { PLANS, userEvent } from "#support/directory-run";

/** Batches of events that each come twice, in different batches; every tenth event is a newer state of the same user. */
const BATCHES = 30;
const BATCH_SIZE = 20;

const [, , directory = ""] = process.argv;
const output = await openDirectory({
  files: nodeFiles,
  processes: nodeProcesses(),
  directory,
  plans: PLANS,
  keyName: () => "test",
  clock: { nowMs: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  random: randomBytes,
});
process.stdout.write("open\n");
for (let batch = 0; batch < BATCHES; batch++) {
  const numbers = Array.from({ length: BATCH_SIZE }, (_, index) => (batch * BATCH_SIZE) / 2 + index);
  const deliveries = numbers.map((number) => userEvent(`user ${number % 10}`, number));
  await Promise.all(
    [...output.outlets.map(({ sink }) => sink), output.quarantine].map((sink) =>
      sink.deliver(deliveries, Number.MAX_VALUE),
    ),
  );
}
await output.publish();
await output.close();
process.stdout.write("done\n");
