// SPDX-License-Identifier: Apache-2.0
// A signed-in session of the official SDK with the sandbox whose address is the first argument, and short ways to ask and to judge.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Zoho from "@zohocrm/nodejs-sdk-8.0";

export const base = process.argv[2];
export const folder = mkdtempSync(join(tmpdir(), "ringside-sdk-"));
export const client = { id: "1000.SDKACCEPTANCE", secret: "sdk-acceptance-secret", type: "server", name: "SDK",
  redirect_uris: ["http://127.0.0.1:47811/callback"] };
export const scope = "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL,ZohoCRM.coql.READ,ZohoCRM.bulk.READ,"
  + "ZohoCRM.composite_requests.CUSTOM,ZohoSearch.securesearch.READ";

/// The sandbox's own interface: GET, or POST when there is a body.
export async function control(path, body) {
  const answer = await fetch(`${base}/__sandbox/${path}`, body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return answer.json();
}

/// {code, refresh_token} without a browser.
export async function grant(scopes = scope) {
  await control("client", client);
  return control("grant", { client_id: client.id, scope: scopes });
}

/// A token of the SDK that still has to exchange its code.
export async function newToken() {
  const { code } = await grant();
  return new Zoho.OAuthBuilder().clientId(client.id).clientSecret(client.secret).grantToken(code).redirectURL(client.redirect_uris[0]).build();
}

export async function start(token) {
  const setup = await new Zoho.InitializeBuilder();
  await setup.environment(new Zoho.Environment(base, `${base}/oauth/v2/token`, base)).token(token)
    .store(new Zoho.FileStore(join(folder, "tokens.txt"))).resourcePath(`${folder}/`)
    .logger(new Zoho.LogBuilder().level(Zoho.Levels.OFF).filePath(join(folder, "sdk.log")).build()).initialize();
  return token;
}

export async function parameters(...pairs) {
  const map = new Zoho.ParameterMap();
  for (const [parameter, value] of pairs) await map.add(parameter, value);
  return map;
}

export async function headers(...pairs) {
  const map = new Zoho.HeaderMap();
  for (const [header, value] of pairs) await map.add(header, value);
  return map;
}

const plain = (value) => (value && typeof value.getValue === "function" ? value.getValue() : value);
const text = (object) => JSON.stringify(object, (_, value) => (typeof value === "bigint" ? value.toString()
  : value instanceof Map ? Object.fromEntries(value) : value));

/// The SDK's object of a good answer.
export function good(response, status, kind) {
  const object = response.getObject();
  assert.equal(response.getStatusCode(), status, text(object));
  assert.notEqual(object?.constructor?.name ?? "nothing", "APIException", text(object));
  if (kind) assert.ok(object instanceof kind, `${object?.constructor?.name} is not ${kind.name}`);
  return object;
}

/// The bytes of a download. The SDK gives the promise of an object, not the object.
export async function downloaded(response) {
  assert.equal(response.getStatusCode(), 200);
  const stream = (await response.getObject()).getFile().getStream();
  if (Buffer.isBuffer(stream)) return stream;
  const parts = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/// The outcome of a written record, which must be a success.
export function written(response, status, position = 0) {
  const item = good(response, status).getData()[position];
  assert.equal(plain(item.getStatus()), "success", text(item));
  return item.getDetails();
}

/// The SDK's exception for a refused request or record.
export function refused(object, code) {
  assert.equal(plain(object.getStatus()), "error", text(object));
  assert.equal(plain(object.getCode()), code, text(object));
  return object.getDetails();
}

export const records = (...list) => {
  const body = new Zoho.Record.BodyWrapper();
  body.setData(list);
  return body;
};

export function record(fields) {
  const one = new Zoho.Record.Record();
  for (const [name, value] of Object.entries(fields)) one.addKeyValue(name, value);
  return one;
}

export function reference(id) {
  const one = new Zoho.Record.Record();
  one.setId(BigInt(id));
  return one;
}

let failures = 0;
let steps = 0;
export async function step(name, action) {
  ++steps;
  try {
    await action();
    console.log(`ok ${name}`);
  } catch (error) {
    ++failures;
    console.log(`not ok ${name}`);
    console.error(error);
  }
}

/// Runs all, cleans up, and makes the exit code tell.
export async function whole(run) {
  try {
    await run();
  } catch (error) {
    ++failures;
    console.error("not ok", error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${steps} steps, ${failures} failed; Node ${process.versions.node}`);
  process.exitCode = failures === 0 && steps > 0 ? 0 : 1;
}
