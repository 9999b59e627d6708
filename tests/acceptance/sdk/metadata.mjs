// SPDX-License-Identifier: Apache-2.0
// Modules, fields, layouts, related lists, users, preferences and what the API says of itself.
import assert from "node:assert/strict";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";
import { control, good, newToken, parameters, refused, start, step, whole } from "./session.mjs";

await whole(async () => {
  await start(await newToken());

  await step("modules", async () => {
    const modules = good(await new Zoho.Modules.ModulesOperations().getModules(), 200).getModules();
    const find = (name) => modules.find((one) => one.getAPIName() === name);
    assert.equal(find("Contacts").getPluralLabel(), "Contacts");
    assert.equal(find("Contacts").getAPISupported(), true);
    assert.equal(find("Service_Contracts").getGeneratedType().getValue(), "custom");
    const one = good(await new Zoho.Modules.ModulesOperations().getModule(find("Calls").getId()), 200).getModules();
    assert.equal(one[0].getAPIName(), "Calls");
  });

  await step("fields", async () => {
    const operations = new Zoho.Fields.FieldsOperations();
    const map = await parameters([Zoho.Fields.GetFieldsParam.MODULE, "Contacts"]);
    const fields = good(await operations.getFields(map), 200).getFields();
    const phones = fields.filter((one) => one.getDataType() === "phone").map((one) => one.getAPIName());
    assert.deepEqual(phones, ["Phone", "Mobile", "Home_Phone", "Other_Phone", "Asst_Phone", "WhatsApp_Number"]);
    const account = fields.find((one) => one.getAPIName() === "Account_Name");
    assert.equal(account.getLookup().getModule().getAPIName(), "Accounts");
    assert.ok(fields.find((one) => one.getAPIName() === "Last_Name").getSystemMandatory());
    const one = good(await operations.getField(account.getId(), await parameters([Zoho.Fields.GetFieldParam.MODULE, "Contacts"])), 200);
    assert.equal(one.getFields()[0].getAPIName(), "Account_Name");
    const calls = good(await operations.getFields(await parameters([Zoho.Fields.GetFieldsParam.MODULE, "Calls"])), 200).getFields();
    const type = calls.find((field) => field.getAPIName() === "Call_Type");
    assert.deepEqual(type.getPickListValues().map((value) => value.getActualValue()), ["Outbound", "Inbound", "Missed"]);
    refused((await operations.getFields(await parameters([Zoho.Fields.GetFieldsParam.MODULE, "Unicorns"]))).getObject(), "INVALID_MODULE");
  });

  await step("layouts, and a field that a layout demands", async () => {
    const operations = new Zoho.Layouts.LayoutsOperations();
    await control("layout", { module: "Calls", field: "Reason_Code" });
    const layout = good(await operations.getLayouts(await parameters([Zoho.Layouts.GetLayoutsParam.MODULE, "Calls"])), 200).getLayouts()[0];
    const field = layout.getSections()[0].getFields().find((one) => one.getAPIName() === "Reason_Code");
    assert.equal(field.getRequired(), true);
    assert.equal(field.getCustomField(), true);
    await control("layout", { module: "Calls", field: "Reason_Code", required: false });
    const again = good(await operations.getLayout(layout.getId(), await parameters([Zoho.Layouts.GetLayoutParam.MODULE, "Calls"])), 200);
    assert.equal(again.getLayouts()[0].getSections()[0].getFields().find((one) => one.getAPIName() === "Reason_Code").getRequired(), false);
  });

  await step("related lists", async () => {
    const operations = new Zoho.RelatedLists.RelatedListsOperations();
    const map = await parameters([Zoho.RelatedLists.GetRelatedListsParam.MODULE, "Contacts"]);
    const lists = good(await operations.getRelatedLists(map), 200).getRelatedLists();
    const deals = lists.find((one) => one.getAPIName() === "Deals");
    assert.equal(deals.getHref(), "Contacts/{ENTITYID}/Deals");
    assert.equal(deals.getModule().getAPIName(), "Deals");
    const one = await operations.getRelatedList(deals.getId(), await parameters([Zoho.RelatedLists.GetRelatedListParam.MODULE, "Contacts"]));
    assert.equal(good(one, 200).getRelatedLists()[0].getAPIName(), "Deals");
  });

  await step("users of every type", async () => {
    const operations = new Zoho.Users.UsersOperations();
    // Those that the SDK lets through; it knows fewer than the documentation.
    const counts = { ActiveUsers: 6, DeactiveUsers: 1, ConfirmedUsers: 6, NotConfirmedUsers: 1, ActiveConfirmedUsers: 5, CurrentUser: 1 };
    for (const [type, count] of Object.entries(counts)) {
      const users = good(await operations.getUsers(await parameters([Zoho.Users.GetUsersParam.TYPE, new Zoho.Choice(type)])), 200);
      assert.equal(users.getUsers().length, count, type);
      assert.equal(users.getInfo().getCount(), count, type);
    }
    const one = good(await operations.getUser(5725767000000411018n), 200).getUsers()[0];
    assert.equal(one.getFullName(), "Omar Fathi");
    const active = await operations.usersCount(await parameters([Zoho.Users.UsersCountParam.TYPE, new Zoho.Choice("ActiveConfirmedUsers")]));
    assert.equal(Number(good(active, 200).getCount()), 5);
  });

  await step("call preferences", async () => {
    const operations = new Zoho.CallPreferences.CallPreferencesOperations();
    assert.equal(good(await operations.getCallPreference(), 200).getCallPreferences().getShowFromNumber(), true);
    const wanted = new Zoho.CallPreferences.CallPreferences();
    wanted.setShowFromNumber(false);
    wanted.setShowToNumber(true);
    const body = new Zoho.CallPreferences.BodyWrapper();
    body.setCallPreferences(wanted);
    good(await operations.updateCallPreference(body), 200);
    assert.equal(good(await operations.getCallPreference(), 200).getCallPreferences().getShowFromNumber(), false);
  });

  await step("what the API says of itself", async () => {
    const apis = good(await new Zoho.Apis.APIsOperations().getSupportedAPI(), 200).getApis();
    const convert = apis.find((one) => one.getPath().endsWith("/actions/convert"));
    assert.equal(convert.getOperationTypes()[0].getMaxCredits(), 5);
  });
});
