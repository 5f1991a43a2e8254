// Sends a message to all devices that a search finds, and says what became of it.
// MUSTER_URL=https://muster.example.org MUSTER_API_KEY=mk_... node docs/examples/message-devices.mjs web "Tonight at 22:00."
import { createMuster, dataOf } from "@muster/client";

const { MUSTER_URL: url, MUSTER_API_KEY: apiKey } = process.env;
const [search, text] = process.argv.slice(2);
if (!url || !apiKey || !search || !text)
  throw new Error("Set MUSTER_URL and MUSTER_API_KEY, and pass a search and a text.");

const muster = createMuster({ url, apiKey });

const deviceIds = [];
for await (const device of muster.items("/api/v1/devices", { search, sort: "name" }))
  deviceIds.push(device.id);

// The key makes it safe to send the request again: a run on the same day with the same text sends no second message.
const day = new Date().toISOString().slice(0, 10);
const { batchId } = dataOf(
  await muster.POST("/api/v1/actions", {
    body: {
      type: "message",
      payload: { title: "Maintenance", text },
      deviceIds,
      idempotencyKey: `message ${day} ${search} ${text}`.slice(0, 100),
    },
  }),
);

for await (const action of muster.items("/api/v1/actions", { batchId }))
  process.stdout.write(`${action.deviceName}: ${action.state}\n`);
