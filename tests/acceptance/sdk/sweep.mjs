// SPDX-License-Identifier: Apache-2.0
// Every operation of the SDK's record, notes, users, org, modules, fields, layouts, related_lists, coql and bulk_read folders, called
// one by one. Each must answer what the reference says or Zoho's own error, never with a crash of the sandbox, HTML, or a 200 without
// content. Prints each operation, the status and what came.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";
import { base, control, folder, headers, newToken, parameters, record, records, start, step, whole } from "./session.mjs";

const operations = { Record: "RecordOperations", Notes: "NotesOperations", Users: "UsersOperations", Org: "OrgOperations",
  Modules: "ModulesOperations", Fields: "FieldsOperations", Layouts: "LayoutsOperations", RelatedLists: "RelatedListsOperations",
  Coql: "CoqlOperations", BulkRead: "BulkReadOperations" };

/// What each operation of these classes needs, so that its request goes out.
async function argumentsFor(sample) {
  const contact = BigInt(sample.contact_id);
  const R = Zoho.Record;
  const module = [[new Zoho.Param("module"), "Contacts"]];
  const path = join(folder, "sweep.png");
  writeFileSync(path, Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));
  const photo = (Wrapper) => {
    const body = new Wrapper();
    body.setFile(new Zoho.StreamWrapper(null, null, path));
    return body;
  };
  const made = (Class, ...sets) => {
    const one = new Class();
    for (const [name, value] of sets) one[name](value);
    return one;
  };
  const raw = async (...pairs) => parameters(...pairs);
  const external = await headers([new Zoho.Header("X-EXTERNAL"), "Contacts.Customer_Number"]);
  const note = made(Zoho.Notes.Note, ["setNoteContent", "sweep"]);
  const notes = made(Zoho.Notes.BodyWrapper, ["setData", [note]]);
  const firstNote = BigInt((await control("records/Notes")).data[0].id);
  const layoutId = BigInt((await (await fetch(`${base}/crm/v8/settings/layouts?module=Contacts`, { headers: { Authorization: `Zoho-oauthtoken ${await bearer()}` } })).json()).layouts[0].id);
  const user = made(Zoho.Users.Users, ["setLastName", "Sweep"]);
  const users = made(Zoho.Users.BodyWrapper, ["setUsers", [user]]);
  const modules = made(Zoho.Modules.BodyWrapper, ["setModules", [made(Zoho.Modules.Modules, ["setPluralLabel", "Sweeps"], ["setSingularLabel", "Sweep"])]]);
  const fields = made(Zoho.Fields.BodyWrapper, ["setFields", [made(Zoho.Fields.Fields, ["setFieldLabel", "Sweep"])]]);
  const layouts = made(Zoho.Layouts.BodyWrapper, ["setLayouts", [made(Zoho.Layouts.Layouts, ["setName", "Sweep"])]]);
  const query = made(Zoho.Coql.BodyWrapper, ["setSelectQuery", "select Last_Name from Contacts where id is not null limit 3"]);
  const bulkModule = made(Zoho.Modules.MinifiedModule, ["setAPIName", "Contacts"]);
  const bulk = made(Zoho.BulkRead.BodyWrapper, ["setQuery", made(Zoho.BulkRead.Query, ["setModule", bulkModule])]);
  const list = await raw([R.GetRecordsParam.FIELDS, "Last_Name"]);
  const change = () => records(record({ Department: "Sweep" }));
  const massUpdate = made(R.MassUpdateBodyWrapper, ["setData", [record({ Department: "Sweep" })]]);
  return {
    Record: {
      getRecord: [contact], updateRecord: [contact, change()], createRecords: [records(record({ Last_Name: "Sweep", Customer_Number: "SWEEP-1" }))],
      getRecords: [list], updateRecords: [records((() => { const one = record({ Department: "Sweep" }); one.setId(contact); return one; })())],
      upsertRecords: [records(record({ Last_Name: "Sweep", Email: "sweep@example.com" }))],
      searchRecords: [await raw([R.SearchRecordsParam.WORD, "Layla"])], getDeletedRecords: [await raw([R.GetDeletedRecordsParam.TYPE, "all"])],
      getPhoto: [contact], uploadPhoto: [contact, photo(R.FileBodyWrapper)], deletePhoto: [contact], massUpdateRecords: [massUpdate],
      getMassUpdateStatus: [await raw([R.GetMassUpdateStatusParam.JOB_ID, "1"])], assignTerritoriesToMultipleRecords: [records(record({ id: contact }))],
      assignTerritoryToRecord: [contact, records(record({}))], removeTerritoriesFromMultipleRecords: [records(record({ id: contact }))],
      removeTerritoriesFromRecord: [contact, records(record({}))], recordCount: [], getRecordUsingExternalId: ["SWEEP-1", null, external],
      updateRecordUsingExternalId: ["SWEEP-1", change(), external], getFullDataForRichText: [contact, null], getRichTextRecords: [null],
      cloneRecord: [contact], deleteRecordUsingExternalId: ["SWEEP-1", null, external], deleteRecord: [BigInt(sample.shared_ids[0])],
      deleteRecords: [await raw([R.DeleteRecordsParam.IDS, sample.shared_ids[1]])],
    },
    Notes: {
      getNotes: [await raw([Zoho.Notes.GetNotesParam.FIELDS, "Note_Content"])], createNotes: [notes], updateNotes: [notes],
      getNote: [firstNote, await raw([Zoho.Notes.GetNoteParam.FIELDS, "Note_Content"])], updateNote: [firstNote, notes],
      deleteNotes: [await raw([Zoho.Notes.DeleteNotesParam.IDS, firstNote.toString()])], deleteNote: [firstNote],
    },
    Users: {
      getUsers: [], createUsers: [users], updateUsers: [users], getUser: [5725767000000411018n], updateUser: [5725767000000411018n, users],
      deleteUser: [5725767000000411018n], getAssociatedGroups: [5725767000000411018n], usersCount: [],
    },
    Org: { getOrganization: [], getOrgPhoto: [], uploadOrganizationPhoto: [photo(Zoho.Org.FileBodyWrapper)], deleteOrganizationPhoto: [] },
    Modules: {
      getModules: [], createCustomModules: [modules], getModuleByAPIName: ["Contacts"], updateModuleByAPIName: ["Contacts", modules],
      getModule: [1n], updateModule: [1n, modules],
    },
    Fields: {
      getFields: [await raw(...module)], createField: [fields, await raw(...module)], updateFields: [fields, await raw(...module)],
      getField: [1n, await raw(...module)], updateField: [1n, fields, await raw(...module)], deleteField: [1n, await raw(...module)],
    },
    Layouts: {
      getLayouts: [await raw(...module)], getLayout: [layoutId, await raw(...module)], updateCustomLayout: [layoutId, layouts, await raw(...module)],
      deleteCustomLayout: [layoutId, await raw(...module)], activateCustomLayout: [layoutId, layouts, await raw(...module)],
      deactivateCustomLayout: [layoutId, await raw(...module)],
    },
    RelatedLists: { getRelatedLists: [await raw(...module)], getRelatedList: [1n, await raw(...module)] },
    Coql: { getRecords: [query] },
    BulkRead: { createBulkReadJob: [bulk], getBulkReadJobDetails: [5725767000010001001n], downloadResult: [5725767000010001001n] },
  };
}

let token;
const bearer = async () => token.getAccessToken();

const methodsOf = (Class) => Object.getOwnPropertyNames(Class.prototype).filter((name) => name !== "constructor");
const wire = async () => (await control("requests")).requests;

/// What the SDK made of the answer, in a few words.
async function told(response) {
  const object = await response.getObject();
  if (object === null || object === undefined) return "nothing";
  const code = object.getCode?.() ?? object.getData?.()?.[0]?.getCode?.();
  const value = code?.getValue?.() ?? code;
  return value ? `${object.constructor.name} ${value}` : object.constructor.name;
}

/// What refuses in an answer: itself, or each record that was refused, whatever the key of their list.
function refusals(body) {
  const items = "code" in body ? [body] : Object.values(body).filter(Array.isArray).flat();
  return items.filter((one) => one.status === "error");
}

/// Held against the bytes that the sandbox sent, whatever the SDK made of them.
function judge(name, request) {
  assert.ok(request, `${name} sent nothing`);
  assert.equal(typeof request.status, "number", `${name} was not answered`);
  assert.ok(request.status < 500, `${name}: ${request.status}`);
  const { type, length, text } = request.reply;
  if (request.status === 204 || request.status === 304) {
    assert.deepEqual({ type, length }, { type: "", length: 0 }, name);
    return [];
  }
  assert.ok(length > 2, `${name}: an empty ${request.status}`);
  if (request.status < 400 && /^(image\/|application\/(zip|octet-stream))/.test(type)) return [];
  assert.match(type, /^application\/json/, name);
  const body = JSON.parse(text);
  assert.ok(Object.values(body).some((value) => value !== null && value !== ""), `${name}: nothing in ${text}`);
  const refused = refusals(body);
  for (const one of refused) {
    assert.match(one.code, /^[A-Z][A-Z_]+$/, `${name}: ${text}`);
    assert.ok(one.message && typeof one.details === "object", `${name}: ${text}`);
  }
  assert.equal(refused.length > 0, request.status >= 400 || request.status === 207, `${name}: ${request.status} with ${text}`);
  return refused.map((one) => one.code);
}

await whole(async () => {
  token = await start(await newToken());
  await new Zoho.Users.UsersOperations().getUsers(); // a token is there from here on
  await new Zoho.Record.RecordOperations("Contacts").recordCount(); // and the fields are known, so that each operation is one request
  const given = await argumentsFor(await control("sample"));
  await control("requests", { replies: true });
  for (const [area, name] of Object.entries(operations)) {
    const Class = Zoho[area][name];
    await step(`${area}: every operation has its arguments here`, () => assert.deepEqual(methodsOf(Class).sort(), Object.keys(given[area]).sort()));
    const instance = area === "Record" ? new Class("Contacts") : new Class();
    for (const [method, list] of Object.entries(given[area])) {
      await step(`${area}.${method}`, async () => {
        const before = (await wire()).length;
        let response;
        let trouble = "";
        try {
          response = await instance[method](...list);
        } catch (error) { // the SDK cannot read some errors, or refuses what it was given
          trouble = ` (SDK: ${error.code ?? error.message})`;
          response = { getStatusCode: () => 0, getObject: () => null };
        }
        const sent = (await wire()).slice(before).filter((one) => !one.path.includes("/settings/fields") || area === "Fields");
        const request = sent.at(-1);
        const made = await told(response);
        console.log(`   ${request?.method} ${request?.path} -> ${request?.status} ${made}${trouble}`);
        if (trouble && !request) assert.fail(`nothing was sent${trouble}`);
        const codes = judge(`${area}.${method}`, request);
        if (trouble) assert.ok(request.status >= 400, `${request.status}${trouble}`); // what it cannot read is a refusal
        else if (request.status >= 400) assert.ok(codes.some((code) => made.endsWith(` ${code}`)), `${made}, but ${codes}`);
      });
    }
  }
  await step("the sandbox is alive and the company still there", async () => {
    assert.ok((await control("records/Contacts")).count > 45);
  });
});
