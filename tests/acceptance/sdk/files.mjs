// SPDX-License-Identifier: Apache-2.0
// Photos, bulk reads down to the lines of the CSV in the ZIP, and composite requests with the SDK's token.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";
import { base, control, downloaded, folder, good, newToken, refused, start, step, whole } from "./session.mjs";

/// The only file of an archive, by its central directory.
function unzip(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  assert.equal(archive.readUInt16LE(end + 10), 1, "one file");
  const entry = archive.readUInt32LE(end + 16);
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const name = archive.toString("utf8", entry + 46, entry + 46 + archive.readUInt16LE(entry + 28));
  const local = archive.readUInt32LE(entry + 42);
  const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(from, from + size);
  return { name, text: (method === 0 ? packed : inflateRawSync(packed)).toString("utf8") };
}

async function photos(id) {
  const contacts = new Zoho.Record.RecordOperations("Contacts");
  await step("a photo is uploaded, read and deleted", async () => {
    assert.equal((await contacts.getPhoto(id)).getStatusCode(), 204);
    const other = (await control("records/Contacts")).data.find((one) => one.Record_Image);
    if (other) assert.equal((await downloaded(await contacts.getPhoto(BigInt(other.id)))).subarray(1, 4).toString(), "PNG");
    const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    const path = join(folder, "photo.png");
    writeFileSync(path, picture);
    const body = new Zoho.Record.FileBodyWrapper();
    body.setFile(new Zoho.StreamWrapper(null, null, path));
    const uploaded = good(await contacts.uploadPhoto(id, body), 200);
    assert.equal(uploaded.getStatus().getValue(), "success");
    assert.deepEqual(await downloaded(await contacts.getPhoto(id)), picture);
    assert.equal(good(await contacts.deletePhoto(id), 200).getStatus().getValue(), "success");
    assert.equal((await contacts.getPhoto(id)).getStatusCode(), 204);
    assert.equal(readFileSync(path).length, picture.length);
  });
}

async function bulk() {
  const B = Zoho.BulkRead;
  const operations = new B.BulkReadOperations();
  const order = (name, fields) => {
    const module = new Zoho.Modules.MinifiedModule();
    module.setAPIName(name);
    const query = new B.Query();
    query.setModule(module);
    query.setFields(fields);
    query.setPage(1);
    const body = new B.BodyWrapper();
    body.setQuery(query);
    body.setFileType(new Zoho.Choice("csv"));
    return body;
  };
  await step("a bulk read, from the order to the lines", async () => {
    const made = good(await operations.createBulkReadJob(order("Contacts", ["Last_Name", "First_Name", "Mobile", "Account_Name"])), 201).getData()[0];
    assert.equal(made.getStatus().getValue(), "success");
    const id = BigInt(made.getDetails().get("id"));
    const states = [];
    let job;
    do {
      job = good(await operations.getBulkReadJobDetails(id), 200).getData()[0];
      states.push(job.getState().getValue());
    } while (states.at(-1) !== "COMPLETED" && states.length < 9);
    assert.deepEqual(states, ["IN PROGRESS", "COMPLETED"]);
    assert.equal(job.getResult().getCount(), 50);
    assert.equal(job.getResult().getMoreRecords(), false);
    const file = unzip(await downloaded(await operations.downloadResult(id)));
    assert.equal(file.name, `${id}.csv`);
    const lines = file.text.trimEnd().split("\r\n");
    assert.equal(lines[0], "Id,Last_Name,First_Name,Mobile,Account_Name");
    assert.equal(lines.length, 51);
    assert.ok(lines.some((line) => line.includes(",Haddad,Layla,")));
  });
  await step("bulk reads that cannot be", async () => {
    const wrong = await operations.createBulkReadJob(order("Notes", ["Note_Title"]));
    assert.equal(wrong.getStatusCode(), 400);
    refused(wrong.getObject(), "MODULE_NOT_SUPPORTED");
    refused((await operations.getBulkReadJobDetails(5725767000010009999n)).getObject(), "RESOURCE_NOT_FOUND");
  });
}

/// This SDK has no operation for composite requests: they go out with its token.
async function composite(token) {
  await step("a composite request with a reference", async () => {
    const part = (name, method, uri, params, body = null) => ({ sub_request_id: name, method, uri, params, headers: {}, body });
    const answer = await fetch(`${base}/crm/v8/__composite_requests`, { method: "POST",
      headers: { Authorization: `Zoho-oauthtoken ${token.getAccessToken()}` },
      body: JSON.stringify({ rollback_on_fail: false, parallel_execution: false, __composite_requests: [
        part("c", "GET", "/crm/v8/Contacts/search", { phone: "501234567", fields: "Full_Name" }),
        part("d", "GET", "/crm/v8/Contacts/@{c:$.data[0].id}/Deals", { fields: "Deal_Name" }),
        part("l", "GET", "/crm/v8/Leads/search", { phone: "999999999" })] }) });
    assert.equal(answer.status, 200);
    const replies = (await answer.json()).__composite_requests.map((one) => one.details.response);
    assert.deepEqual(replies.map((one) => one.status_code), [200, 200, 204]);
    assert.equal(replies[1].body.data.length, 2);
  });
}

await whole(async () => {
  const sample = await control("sample");
  const token = await start(await newToken());
  await photos(BigInt(sample.contact_id));
  await bulk();
  await composite(token);
});
