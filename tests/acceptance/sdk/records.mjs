// SPDX-License-Identifier: Apache-2.0
// Records through the SDK: found, read, written, tagged, converted, counted and deleted; each answer read through its model objects.
import assert from "node:assert/strict";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";
import { control, good, headers, newToken, parameters, record, records, reference, refused, start, step, whole, written } from "./session.mjs";

const R = Zoho.Record;
const contacts = new R.RecordOperations("Contacts");
const leads = new R.RecordOperations("Leads");
const fields = (list) => [R.GetRecordsParam.FIELDS, list];

async function search(...pairs) {
  return contacts.searchRecords(await parameters(...pairs.map(([name, value]) => [R.SearchRecordsParam[name], value])));
}

async function finding(id, sample) {
  await step("search by phone", async () => {
    for (const number of ["501234567", "00971501234567", "1234567"]) {
      const found = good(await search(["PHONE", number], ["PER_PAGE", 5]), 200, R.ResponseWrapper);
      assert.equal(found.getData()[0].getId(), id, number);
    }
    assert.equal((await search(["PHONE", sample.unknown.slice(-7)])).getStatusCode(), 204);
    refused((await search(["PHONE", "abc"])).getObject(), "INVALID_DATA");
  });
  await step("search by e-mail, word and criteria", async () => {
    for (const pair of [["EMAIL", "layla@haddad.example"], ["WORD", "Layla"], ["CRITERIA", "((Last_Name:equals:Haddad)and(First_Name:starts_with:Lay))"]])
      assert.equal(good(await search(pair), 200).getData()[0].getId(), id, pair[0]);
    refused((await search()).getObject(), "EXPECTED_PARAM_MISSING");
    refused((await search(["CRITERIA", "(Unicorn:equals:1)"])).getObject(), "INVALID_QUERY");
  });
  await step("one record with all its fields", async () => {
    const one = good(await contacts.getRecord(id), 200).getData()[0];
    assert.equal(one.getKeyValue("Full_Name"), "Layla Haddad");
    assert.equal(one.getKeyValue("Account_Name").getKeyValue("name"), "Haddad Interiors");
    assert.equal(one.getKeyValue("Owner").getName(), "Mariam Al Amiri");
    assert.deepEqual(one.getTag().map((tag) => tag.getName()), ["VIP", "Prefers Arabic"]);
    assert.ok(one.getCreatedTime() instanceof Date);
    const since = await contacts.getRecord(id, null, await headers([R.GetRecordHeader.IF_MODIFIED_SINCE, new Date("2100-01-01T00:00:00Z")]));
    assert.equal(since.getStatusCode(), 304);
  });
  await step("related lists", async () => {
    const deals = await new Zoho.RelatedRecords.RelatedRecordsOperations("Deals", "Contacts").getRelatedRecords(id,
      await parameters([Zoho.RelatedRecords.GetRelatedRecordsParam.FIELDS, "Deal_Name,Stage,Amount,Closing_Date"]));
    const list = good(deals, 200).getData();
    assert.deepEqual(list.map((deal) => deal.getKeyValue("Deal_Name")).sort(), ["Showroom refit, phase 2", "Warehouse shelving"]);
    assert.equal(list.find((deal) => deal.getKeyValue("Deal_Name").startsWith("Ware")).getKeyValue("Amount"), 20000);
    const open = await new Zoho.RelatedRecords.RelatedRecordsOperations("Calls", "Contacts").getRelatedRecords(id,
      await parameters([Zoho.RelatedRecords.GetRelatedRecordsParam.FIELDS, "Subject"]));
    assert.equal(open.getStatusCode(), 204);
  });
}

async function listing() {
  await step("a list, page by page", async () => {
    const seen = new Set();
    let token = null;
    let pages = 0;
    do {
      const pairs = [fields("Full_Name,Phone"), [R.GetRecordsParam.PER_PAGE, 20]];
      if (token) pairs.push([R.GetRecordsParam.PAGE_TOKEN, token]);
      const page = good(await contacts.getRecords(await parameters(...pairs)), 200);
      for (const one of page.getData()) seen.add(one.getId());
      assert.equal(page.getInfo().getPage(), ++pages);
      assert.equal(page.getInfo().getPerPage(), 20);
      token = page.getInfo().getNextPageToken();
      assert.equal(page.getInfo().getMoreRecords(), Boolean(token));
    } while (token);
    assert.equal(pages, 3);
    assert.equal(seen.size, 50);
  });
  await step("a list that cannot be had", async () => {
    refused((await contacts.getRecords()).getObject(), "REQUIRED_PARAM_MISSING");
    refused((await contacts.getRecords(await parameters(fields("id"), [R.GetRecordsParam.PAGE, 11]))).getObject(), "DISCRETE_PAGINATION_LIMIT_EXCEEDED");
    const unchanged = await contacts.getRecords(await parameters(fields("id")), await headers([R.GetRecordsHeader.IF_MODIFIED_SINCE, new Date("2100-01-01T00:00:00Z")]));
    assert.equal(unchanged.getStatusCode(), 304);
  });
  await step("a query", async () => {
    const body = new Zoho.Coql.BodyWrapper();
    const coql = new Zoho.Coql.CoqlOperations();
    body.setSelectQuery("select Full_Name, Mobile, Account_Name.Account_Name from Contacts where ((Phone = '1' or Mobile like '%123 4567') or Other_Phone = '2') limit 0, 5");
    const found = good(await coql.getRecords(body), 200);
    assert.equal(found.getData()[0].getKeyValue("Full_Name"), "Layla Haddad");
    assert.equal(found.getInfo().getCount(), 1);
    body.setSelectQuery("select id from Contacts");
    assert.equal(refused((await coql.getRecords(body)).getObject(), "SYNTAX_ERROR").get("clause"), "where");
    body.setSelectQuery("select id from Contacts where Last_Name = 'nobody at all'");
    assert.equal((await coql.getRecords(body)).getStatusCode(), 204);
  });
}

async function activities(id, sample) {
  const calls = new R.RecordOperations("Calls");
  const call = () => record({ Subject: "Inbound call", Call_Type: new Zoho.Choice("Inbound"), Call_Start_Time: new Date("2026-01-20T15:00:00Z"),
    Call_Duration: "02:05", Who_Id: reference(id), $se_module: "Contacts" });
  await step("a call is logged and edited", async () => {
    const body = records(call());
    body.setTrigger(["workflow"]);
    const callId = BigInt(written(await calls.createRecords(body), 201).get("id"));
    written(await calls.updateRecord(callId, records(record({ Description: "edited", Call_Result: new Zoho.Choice("Interested") }))), 200);
    const stored = (await control("records/Calls?created=1")).data;
    assert.equal(stored.length, 1);
    assert.equal(stored[0].Description, "edited");
    assert.equal(stored[0].Who_Id.id, sample.contact_id);
    assert.equal(stored[0].Call_Duration_in_seconds, 125);
    const read = good(await calls.getRecord(callId), 200).getData()[0];
    assert.equal(read.getKeyValue("Call_Result").getValue(), "Interested");
    assert.equal(read.getKeyValue("Call_Start_Time").toISOString(), "2026-01-20T15:00:00.000Z");
  });
  await step("good and bad records in one body", async () => {
    const bad = call();
    bad.addKeyValue("Call_Duration", "2 min");
    const response = await calls.createRecords(records(call(), bad));
    assert.equal(response.getStatusCode(), 207);
    assert.equal(response.getObject().getData()[0].getStatus().getValue(), "success");
    assert.equal(refused(response.getObject().getData()[1], "INVALID_DATA").get("json_path"), "$.data[1].Call_Duration");
  });
  await step("a task", async () => {
    const tasks = new R.RecordOperations("Tasks");
    const task = record({ Subject: "Call back", Due_Date: new Date("2026-02-01"), Status: new Zoho.Choice("Not Started"), Priority: new Zoho.Choice("High"), Who_Id: reference(id) });
    const taskId = BigInt(written(await tasks.createRecords(records(task)), 201).get("id"));
    const stored = good(await tasks.getRecord(taskId), 200).getData()[0];
    assert.equal(stored.getKeyValue("Status").getValue(), "Not Started");
    assert.equal(stored.getKeyValue("Who_Id").getId(), id);
  });
  await step("notes are made, read, edited and deleted", async () => {
    const N = Zoho.Notes;
    const operations = new N.NotesOperations();
    const body = (note) => {
      const wrapper = new N.BodyWrapper();
      wrapper.setData([note]);
      return wrapper;
    };
    const note = new N.Note();
    note.setNoteTitle("Call");
    note.setNoteContent("Asked about invoice 4711");
    const parent = new N.ParentId();
    parent.setId(id);
    const module = new Zoho.Modules.MinifiedModule();
    module.setAPIName("Contacts");
    parent.setModule(module);
    note.setParentId(parent);
    const noteId = BigInt(written(await operations.createNotes(body(note)), 201).get("id"));
    const read = good(await operations.getNote(noteId, await parameters([N.GetNoteParam.FIELDS, "Note_Title,Note_Content,Parent_Id"])), 200).getData()[0];
    assert.equal(read.getNoteContent(), "Asked about invoice 4711");
    assert.equal(read.getParentId().getId(), id);
    const edit = new N.Note();
    edit.setNoteContent("Asked about invoice 4712");
    written(await operations.updateNote(noteId, body(edit)), 200);
    const list = good(await operations.getNotes(await parameters([N.GetNotesParam.FIELDS, "Note_Content"], [N.GetNotesParam.PER_PAGE, "5"])), 200).getData();
    assert.equal(list[0].getNoteContent(), "Asked about invoice 4712");
    assert.equal(good(await operations.deleteNote(noteId), 200).getData()[0].getStatus().getValue(), "success");
    assert.equal((await operations.getNote(noteId, await parameters([N.GetNoteParam.FIELDS, "Note_Title"]))).getStatusCode(), 204);
  });
}

async function changing(id) {
  let fresh;
  await step("create, update and a stale update", async () => {
    fresh = BigInt(written(await contacts.createRecords(records(record({ Last_Name: "Fresh", Email: "fresh@example.com", Phone: "+971 4 555 0100" }))), 201).get("id"));
    written(await contacts.updateRecord(fresh, records(record({ First_Name: "Very" }))), 200);
    assert.equal(good(await contacts.getRecord(fresh), 200).getData()[0].getKeyValue("Full_Name"), "Very Fresh");
    const stale = await contacts.updateRecord(fresh, records(record({ First_Name: "Too late" })), await headers([new Zoho.Header("If-Unmodified-Since"), "2001-01-01T00:00:00+00:00"]));
    assert.equal(stale.getStatusCode(), 412);
    const phone = await contacts.createRecords(records(record({ Last_Name: "Bad", Phone: "call me" })));
    assert.equal(phone.getStatusCode(), 400);
    const details = refused(phone.getObject().getData()[0], "INVALID_DATA");
    assert.equal(details.get("expected_data_type"), "phone");
    assert.equal(details.get("api_name"), "Phone");
  });
  await step("upsert", async () => {
    const body = records(record({ Last_Name: "Fresher", Email: "fresh@example.com" }));
    body.setDuplicateCheckFields(["Email"]);
    const updated = await contacts.upsertRecords(body);
    assert.equal(BigInt(written(updated, 200).get("id")), fresh);
    assert.equal(updated.getObject().getData()[0].getDuplicateField(), "Email");
    assert.equal(updated.getObject().getData()[0].getAction().getValue?.() ?? updated.getObject().getData()[0].getAction(), "update");
    written(await contacts.upsertRecords(records(record({ Last_Name: "Newest", Email: "newest@example.com" }))), 201);
  });
  await step("tags on a record and of a module", async () => {
    const T = Zoho.Tags;
    const operations = new T.TagsOperations();
    const tag = (name) => {
      const one = new T.Tag();
      one.setName(name);
      return one;
    };
    const wanted = new T.NewTagRequestWrapper();
    wanted.setTags([tag("Callback"), tag("SDK")]);
    const added = good(await operations.addTags("Contacts", fresh, wanted), 200);
    assert.deepEqual(added.getData()[0].getDetails().get("tags").map((one) => one.getName()), ["Callback", "SDK"]);
    const gone = new T.ExistingTagRequestWrapper();
    const existing = new T.ExistingTag();
    existing.setName("Callback");
    gone.setTags([existing]);
    good(await operations.removeTags("Contacts", fresh, gone), 200);
    assert.deepEqual(good(await contacts.getRecord(fresh), 200).getData()[0].getTag().map((one) => one.getName()), ["SDK"]);
    const all = good(await operations.getTags(await parameters([T.GetTagsParam.MODULE, "Contacts"])), 200);
    const sdk = all.getTags().find((one) => one.getName() === "SDK");
    assert.ok(sdk);
    const count = await operations.getRecordCountForTag(sdk.getId(), await parameters([T.GetRecordCountForTagParam.MODULE, "Contacts"]));
    assert.equal(good(count, 200).getCount(), "1");
    const made = new T.BodyWrapper();
    made.setTags([tag("Made")]);
    assert.equal(good(await operations.createTags(made, await parameters([T.CreateTagsParam.MODULE, "Contacts"])), 201).getTags()[0].getStatus().getValue(), "success");
    good(await operations.deleteTag(sdk.getId()), 200);
    assert.deepEqual(good(await contacts.getRecord(fresh), 200).getData()[0].getTag(), []);
  });
  await step("delete, and what is deleted", async () => {
    const body = await contacts.deleteRecord(fresh, await parameters([R.DeleteRecordParam.WF_TRIGGER, false]));
    written(body, 200);
    assert.equal((await contacts.getRecord(fresh)).getStatusCode(), 204);
    const gone = good(await contacts.getDeletedRecords(await parameters([R.GetDeletedRecordsParam.TYPE, "all"])), 200).getData()[0];
    assert.equal(gone.getId(), fresh);
    assert.equal(gone.getType(), "recycle");
    assert.equal(gone.getDisplayName(), "Very Fresher");
    assert.equal(gone.getDeletedBy().getName(), "Mariam Al Amiri");
    const again = await contacts.deleteRecords(await parameters([R.DeleteRecordsParam.IDS, fresh.toString()]));
    assert.equal(again.getStatusCode(), 400);
    refused(again.getObject().getData()[0], "INVALID_DATA");
  });
  await step("the timeline", async () => {
    written(await contacts.updateRecord(id, records(record({ Department: "Sales" }))), 200);
    const entries = good(await new Zoho.Timelines.TimelinesOperations().getTimelines("Contacts", id.toString()), 200).getTimeline();
    const change = entries[0].getFieldHistory()[0];
    assert.equal(change.getAPIName(), "Department");
    assert.deepEqual([change.getValue().getOld(), change.getValue().getNew()], ["Operations", "Sales"]);
    assert.equal(entries[0].getDoneBy().getName(), "Mariam Al Amiri");
  });
}

async function counting(id) {
  await step("counts", async () => {
    const count = good(await contacts.recordCount(await parameters([R.RecordCountParam.PHONE, "501234567"])), 200);
    assert.equal(Number(count.getCount()), 1);
    const G = Zoho.GetRelatedRecordsCount;
    const one = (name) => {
      const list = new G.RelatedList();
      list.setAPIName(name);
      const wanted = new G.GetRelatedRecordCount();
      wanted.setRelatedList(list);
      return wanted;
    };
    const body = new G.BodyWrapper();
    body.setGetRelatedRecordsCount([one("Deals"), one("Cases")]);
    const counts = good(await new G.GetRelatedRecordsCountOperations(id, "Contacts").getRelatedRecordsCount(body), 200).getGetRelatedRecordsCount();
    assert.deepEqual(counts.map((item) => [item.getRelatedList().getAPIName(), item.getCount()]), [["Deals", 2], ["Cases", 1]]);
  });
}

async function converting() {
  const C = Zoho.ConvertLead;
  const convert = async (leadId, order) => {
    const body = new C.BodyWrapper();
    body.setData([order]);
    return new C.ConvertLeadOperations(leadId).convertLead(body);
  };
  await step("a lead is converted", async () => {
    const leadId = BigInt(written(await leads.createRecords(records(record({ First_Name: "Nora", Last_Name: "Lead", Company: "Nora GmbH", Email: "layla@haddad.example" }))), 201).get("id"));
    const options = good(await new Zoho.ConversionOption.ConversionOptionOperations(leadId).leadConversionOptions(), 200).getConversionOptions();
    assert.equal(options.getContacts()[0].getKeyValue("Full_Name"), "Layla Haddad");
    const order = new C.LeadConverter();
    order.setOverwrite(true);
    order.setDeals(record({ Deal_Name: "Renewal", Closing_Date: new Date("2026-09-30"), Stage: new Zoho.Choice("Qualification"), Pipeline: new Zoho.Choice("Standard (Standard)") }));
    const done = good(await convert(leadId, order), 200).getData()[0];
    assert.equal(done.getStatus().getValue(), "success");
    const made = done.getDetails();
    assert.equal(made.get("Contacts").getKeyValue("name"), "Nora Lead");
    assert.equal(made.get("Deals").getKeyValue("name"), "Renewal");
    const again = await convert(leadId, new C.LeadConverter());
    assert.equal(again.getStatusCode(), 400);
    refused(again.getObject().getData()[0], "ID_ALREADY_CONVERTED");
  });
}

await whole(async () => {
  const sample = await control("sample");
  const id = BigInt(sample.contact_id);
  await start(await newToken());
  await listing();
  await finding(id, sample);
  await activities(id, sample);
  await changing(id);
  await counting(id);
  await converting();
});
