// SPDX-License-Identifier: Apache-2.0
// Code exchange, refresh, the current user, the organisation and revocation, as the SDK does them. Each way of starting runs in a
// process of its own, since the SDK keeps one session a process.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";
import { base, client, control, folder, good, grant, newToken, parameters, refused, start, step, whole } from "./session.mjs";

const currentUser = async () => new Zoho.Users.UsersOperations().getUsers(
  await parameters([Zoho.Users.GetUsersParam.TYPE, new Zoho.Choice("CurrentUser")]));
const isMariam = async () => assert.equal(good(await currentUser(), 200).getUsers()[0].getFullName(), "Mariam Al Amiri");
const byRefreshToken = (refreshToken) => new Zoho.OAuthBuilder().clientId(client.id).clientSecret(client.secret).refreshToken(refreshToken).build();
const tokenRequests = async () => (await control("requests")).requests.filter((one) => one.path === "/oauth/v2/token");

const ways = {
  async code() {
    const token = await newToken();
    await step("the code is exchanged, and the tokens are kept", async () => {
      await start(token);
      const users = good(await currentUser(), 200).getUsers();
      assert.equal(users.length, 1);
      assert.equal(users[0].getFullName(), "Mariam Al Amiri");
      assert.equal(users[0].getEmail(), "mariam@northlight.example");
      assert.equal(users[0].getStatus(), "active");
      assert.equal(users[0].getProfile().getName(), "Standard");
      assert.match(token.getRefreshToken(), /^1000\./);
      assert.ok(readFileSync(join(folder, "tokens.txt"), "utf8").includes(token.getAccessToken()));
      assert.equal(token.getUserSignature().getName(), "mariam@northlight.example:704112233");
    });
    await step("the organisation", async () => {
      const organisation = good(await new Zoho.Org.OrgOperations().getOrganization(), 200).getOrg()[0];
      assert.equal(organisation.getCompanyName(), "Northlight Trading LLC");
      assert.equal(organisation.getZgid(), "704112233");
      assert.equal(organisation.getLicenseDetails().getPaidType(), "enterprise");
    });
    await step("one exchange was enough for all of it", async () => {
      assert.deepEqual((await tokenRequests()).map((one) => one.body.grant_type), ["authorization_code"]);
    });
    await step("a dead access token is an error", async () => {
      await control("expire", { what: "access" });
      const answer = await currentUser();
      assert.equal(answer.getStatusCode(), 401);
      refused(answer.getObject(), "INVALID_TOKEN");
    });
  },
  async refresh() {
    await step("a refresh token gives access tokens and stays the same", async () => {
      const token = byRefreshToken((await grant()).refresh_token);
      const before = token.getRefreshToken();
      await start(token);
      await isMariam();
      assert.equal(token.getRefreshToken(), before);
      assert.equal((await tokenRequests()).at(-1).body.grant_type, "refresh_token");
    });
  },
  async scope() {
    await step("a scope that was not granted is named", async () => {
      await start(byRefreshToken((await grant("ZohoCRM.users.READ")).refresh_token));
      await isMariam();
      const answer = await new Zoho.Modules.ModulesOperations().getModules();
      assert.equal(answer.getStatusCode(), 401);
      refused(answer.getObject(), "OAUTH_SCOPE_MISMATCH");
    });
  },
  async permission() {
    await step("a permission that the profile lacks is named", async () => {
      await start(byRefreshToken((await grant()).refresh_token));
      await control("permission", { deny: ["Crm_Implied_View_Contacts"] });
      const answer = await new Zoho.Record.RecordOperations("Contacts").getRecord(BigInt((await control("sample")).contact_id));
      await control("permission", { allow: ["Crm_Implied_View_Contacts"] });
      assert.equal(answer.getStatusCode(), 403);
      assert.deepEqual(refused(answer.getObject(), "NO_PERMISSION").get("permissions"), ["Crm_Implied_View_Contacts"]);
    });
  },
  async revoke() {
    await step("a revoked refresh token takes its access tokens along", async () => {
      const token = await start(byRefreshToken((await grant()).refresh_token));
      await isMariam();
      // The SDK sends it and then fails to read the success: what counts is what the sandbox did.
      await token.revokeRefreshToken(token.getRefreshToken(), `${base}/oauth/v2/token/revoke`).catch(() => null);
      const revocation = (await control("requests")).requests.at(-1);
      assert.deepEqual([revocation.path, revocation.status], ["/oauth/v2/token/revoke", 200]);
      refused((await currentUser()).getObject(), "INVALID_TOKEN");
    });
  },
  async dead() {
    await step("a dead refresh token is named as Zoho names it", async () => {
      await assert.rejects(start(byRefreshToken("1000.gone.gone")), (error) => JSON.stringify([error.code, error.message]).includes("invalid_code"));
    });
  },
};

const way = process.argv[3];
if (way) {
  await whole(ways[way]);
} else {
  for (const name of Object.keys(ways)) {
    const { status } = spawnSync(process.execPath, [process.argv[1], base, name], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
