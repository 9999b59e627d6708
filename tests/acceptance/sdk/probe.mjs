// SPDX-License-Identifier: Apache-2.0
// Drives the official SDK against a running sandbox: node probe.mjs http://127.0.0.1:PORT
// Prints one line per step and ends with 0 only when every step gave what it should.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";

const base = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "ringside-sdk-"));
const control = async (path, body) => (await fetch(`${base}/__sandbox/${path}`, body && {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json();
const client = { id: "1000.SDKPROBE", secret: "sdk-probe-secret", type: "server", redirect_uris: ["http://127.0.0.1:47811/callback"] };

async function initialize() {
  await control("client", client);
  const { code } = await control("grant", { client_id: client.id,
    scope: "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.READ,ZohoCRM.coql.READ" });
  const token = new Zoho.OAuthBuilder().clientId(client.id).clientSecret(client.secret).grantToken(code)
    .redirectURL(client.redirect_uris[0]).build();
  const setup = await new Zoho.InitializeBuilder();
  await setup.environment(new Zoho.Environment(base, `${base}/oauth/v2/token`, base)).token(token)
    .store(new Zoho.FileStore(join(folder, "tokens.txt"))).resourcePath(`${folder}/`)
    .logger(new Zoho.LogBuilder().level(Zoho.Levels.OFF).filePath(join(folder, "sdk.log")).build()).initialize();
}

const done = (name) => console.log(`ok ${name}`);
function good(response, status) {
  const object = response.getObject();
  assert.equal(response.getStatusCode(), status, JSON.stringify(object?.getDetails ? [...object.getDetails()] : null));
  return object;
}

async function parameters(pairs) {
  const map = new Zoho.ParameterMap();
  for (const [param, value] of pairs) await map.add(param, value);
  return map;
}

async function run() {
  const sample = await control("sample");
  const id = BigInt(sample.contact_id);
  await initialize();

  const users = await new Zoho.Users.UsersOperations().getUsers(
    await parameters([[Zoho.Users.GetUsersParam.TYPE, new Zoho.Choice("CurrentUser")]]));
  assert.equal(good(users, 200).getUsers()[0].getFullName(), "Mariam Al Amiri"); done("current user");

  const contacts = new Zoho.Record.RecordOperations("Contacts");
  const found = await contacts.searchRecords(
    await parameters([[Zoho.Record.SearchRecordsParam.PHONE, "501234567"], [Zoho.Record.SearchRecordsParam.PER_PAGE, 5]]));
  assert.equal(good(found, 200).getData()[0].getId(), id); done("search by phone");
  const nobody = await contacts.searchRecords(await parameters([[Zoho.Record.SearchRecordsParam.PHONE, sample.unknown.slice(-7)]]));
  assert.equal(nobody.getStatusCode(), 204); done("nobody found");

  const one = await contacts.getRecord(id);
  assert.equal(good(one, 200).getData()[0].getKeyValue("Full_Name"), "Layla Haddad"); done("one record, all fields");

  const related = await new Zoho.RelatedRecords.RelatedRecordsOperations("Deals", "Contacts").getRelatedRecords(id,
    await parameters([[Zoho.RelatedRecords.GetRelatedRecordsParam.FIELDS, "Deal_Name,Stage,Amount,Closing_Date"]]));
  assert.equal(good(related, 200).getData().length, 2); done("related deals");

  const call = new Zoho.Record.Record();
  call.addFieldValue(Zoho.Record.Field.Calls.SUBJECT, "Inbound call");
  call.addFieldValue(Zoho.Record.Field.Calls.CALL_TYPE, new Zoho.Choice("Inbound"));
  call.addFieldValue(Zoho.Record.Field.Calls.CALL_START_TIME, new Date("2026-01-20T15:00:00Z"));
  call.addFieldValue(Zoho.Record.Field.Calls.CALL_DURATION, "02:05");
  const who = new Zoho.Record.Record();
  who.setId(id);
  call.addFieldValue(Zoho.Record.Field.Calls.WHO_ID, who);
  call.addKeyValue("$se_module", "Contacts");
  const body = new Zoho.Record.BodyWrapper();
  body.setData([call]);
  body.setTrigger(["workflow"]);
  const calls = new Zoho.Record.RecordOperations("Calls");
  const made = good(await calls.createRecords(body), 201).getData()[0];
  assert.equal(made.getStatus().getValue(), "success"); done("call created");

  const edit = new Zoho.Record.Record();
  edit.addFieldValue(Zoho.Record.Field.Calls.DESCRIPTION, "edited");
  const editBody = new Zoho.Record.BodyWrapper();
  editBody.setData([edit]);
  assert.equal(good(await calls.updateRecord(BigInt(made.getDetails().get("id")), editBody), 200).getData()[0].getStatus().getValue(), "success");
  done("call edited");
  const stored = (await control("records/Calls?created=1")).data;
  assert.equal(stored.length, 1);
  assert.equal(stored[0].Description, "edited");
  assert.equal(stored[0].Who_Id.id, sample.contact_id);

  const note = new Zoho.Notes.Note();
  note.setNoteTitle("Call");
  note.setNoteContent("Probe note");
  const parent = new Zoho.Notes.ParentId();
  parent.setId(id);
  const module = new Zoho.Modules.MinifiedModule();
  module.setAPIName("Contacts");
  parent.setModule(module);
  note.setParentId(parent);
  const noteBody = new Zoho.Notes.BodyWrapper();
  noteBody.setData([note]);
  assert.equal(good(await new Zoho.Notes.NotesOperations().createNotes(noteBody), 201).getData()[0].getStatus().getValue(), "success");
  done("note created");

  const query = new Zoho.Coql.BodyWrapper();
  query.setSelectQuery("select Full_Name, Mobile from Contacts where ((Phone = '1' or Mobile like '%123 4567') or Other_Phone = '2') limit 0, 5");
  assert.equal(good(await new Zoho.Coql.CoqlOperations().getRecords(query), 200).getData().length, 1); done("query");

  const list = await contacts.getRecords(await parameters([[Zoho.Record.GetRecordsParam.FIELDS, "Full_Name,Phone,Modified_Time"]]));
  assert.equal(good(list, 200).getInfo().getCount(), good(list, 200).getData().length); done("list");
}

try {
  await run();
} catch (error) {
  console.error("not ok", error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
