// Uses the official Node client as an app would, and checks what it hears. Says "ok" at the end; anything else is a failure.
import assert from "node:assert/strict";
import {
  ANY, BACKWARDS, END, EventStoreDBClient, NO_STREAM, START, STREAM_EXISTS,
  StreamDeletedError, StreamNotFoundError, WrongExpectedVersionError, jsonEvent, streamNameFilter, eventTypeFilter,
} from "@eventstore/db-client";

const [connection, plain] = process.argv.slice(2);
const client = EventStoreDBClient.connectionString(connection);
const scope = Math.random().toString(36).slice(2);
const stream = `thing-${scope}`;
const event = (n, type = "Happened") => jsonEvent({ type, data: { n }, metadata: { from: "node" } });
const options = plain === "plain" ? { batchAppendSize: 0, throwOnAppendFailure: true } : {};
const collect = async (read) => { const all = []; for await (const each of read) all.push(each.event); return all; };

const three = [event(1), event(2), event(3)];
const first = await client.appendToStream(stream, three, { expectedRevision: NO_STREAM, ...options });
assert.equal(first.nextExpectedRevision, 2n);
const again = await client.appendToStream(stream, three, { expectedRevision: NO_STREAM, ...options });
assert.deepEqual(again.position, first.position);
await assert.rejects(client.appendToStream(stream, event(9), { expectedRevision: 0n, ...options }), WrongExpectedVersionError);
await assert.rejects(client.appendToStream(`none-${scope}`, event(9), { expectedRevision: STREAM_EXISTS, ...options }), WrongExpectedVersionError);
assert.equal((await client.appendToStream(stream, event(4, "Other"), { expectedRevision: 2n })).nextExpectedRevision, 3n);

const read = await collect(client.readStream(stream));
assert.deepEqual(read.map((e) => [Number(e.revision), e.type, e.data.n, e.metadata.from, e.id]).slice(0, 3),
  three.map((e, i) => [i, "Happened", i + 1, "node", e.id]));
assert.deepEqual((await collect(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }))).map((e) => e.data.n), [4, 3]);
assert.deepEqual((await collect(client.readStream(stream, { fromRevision: 3n }))).map((e) => e.data.n), [4]);
await assert.rejects(collect(client.readStream(`none-${scope}`)), StreamNotFoundError);
assert.ok(read[0].created instanceof Date && Math.abs(Date.now() - read[0].created) < 60_000);

const all = await collect(client.readAll());
assert.deepEqual(all.filter((e) => e.streamId === stream).map((e) => e.data.n), [1, 2, 3, 4]);
assert.ok(all.some((e) => e.streamId.startsWith("$")));
assert.deepEqual((await collect(client.readAll({ direction: BACKWARDS, fromPosition: all.at(-1).position, maxCount: 2 }))).map((e) => e.id),
  [all.at(-2).id, all.at(-3).id]);

const heard = [];
const checkpoints = [];
const subscription = client.subscribeToAll({
  fromPosition: START,
  filter: streamNameFilter({ prefixes: [stream], checkpointInterval: 1, checkpointReached: async (_, position) => checkpoints.push(position), maxSearchWindow: 1 }),
});
const following = (async () => { for await (const each of subscription) { heard.push(each.event.data.n); if (heard.length === 5) break; } })();
await client.appendToStream(`other-${scope}`, event(8));
await client.appendToStream(stream, event(5), { expectedRevision: STREAM_EXISTS });
await following;
assert.deepEqual(heard, [1, 2, 3, 4, 5]);
assert.ok(checkpoints.length > 0);
const typed = client.subscribeToAll({ fromPosition: END, filter: eventTypeFilter({ regex: `^Rare${scope}$` }) });
await new Promise((resolve) => typed.once("confirmation", resolve));
await client.appendToStream(stream, [event(6), event(7, `Rare${scope}`)], { expectedRevision: ANY });
for await (const each of typed) { assert.equal(each.event.data.n, 7); break; }

await client.setStreamMetadata(stream, { maxCount: 2, maxAge: 3600 });
assert.deepEqual((await client.getStreamMetadata(stream)).metadata, { maxCount: 2, maxAge: 3600 });
assert.deepEqual((await collect(client.readStream(stream))).map((e) => e.data.n), [6, 7]);
await client.deleteStream(stream);
await assert.rejects(collect(client.readStream(stream)), StreamNotFoundError);
assert.equal((await client.appendToStream(stream, event(1), { expectedRevision: NO_STREAM })).nextExpectedRevision, 7n);
await client.tombstoneStream(stream);
await assert.rejects(collect(client.readStream(stream)), StreamDeletedError);
await assert.rejects(client.appendToStream(stream, event(2)), StreamDeletedError);
console.log("ok");
process.exit(0);
