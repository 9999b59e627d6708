// SPDX-License-Identifier: Apache-2.0
#include "SandboxHelp.h"

namespace ringside::sandbox {

using namespace Qt::StringLiterals;

OAuthClient SandboxHelp::demoClient()
{
    OAuthClient client;
    client.id = u"1000.RINGSIDEDEMO0000000000000000000000"_qs;
    client.secret = u"ringside-demo-secret-for-loopback-only"_qs;
    client.name = u"Ringside"_qs;
    client.type = u"mobile"_qs;
    for (const int port : {47811, 47812, 47813}) {
        client.redirectUris.append(u"http://127.0.0.1:%1/callback"_qs.arg(port));
        client.redirectUris.append(u"http://localhost:%1/callback"_qs.arg(port));
    }
    return client;
}

OAuthClient SandboxHelp::demoDeviceClient()
{
    return {u"1004.RINGSIDEDEMODEVICE000000000000000000"_qs, u"ringside-demo-device-secret-for-loopback-only"_qs, u"Ringside"_qs,
            u"device"_qs, {}};
}

OAuthClient SandboxHelp::demoSelfClient()
{
    return {u"1000.RINGSIDEDEMOSELF00000000000000000000"_qs, u"ringside-demo-self-secret-for-loopback-only"_qs, u"Ringside"_qs,
            u"self"_qs, {}};
}

QString SandboxHelp::text()
{
    const OAuthClient client = demoClient();
    return QStringLiteral(R"(Usage: ringside-sandbox [options]

A Zoho-compatible CRM on loopback with an invented company in it, for demonstrations and tests.
The first line printed is its address and that of its call events: http://127.0.0.1:P1 ws://127.0.0.1:P2/events
It ends on SIGTERM or Ctrl+C.

Options:
  --port N        port of the CRM and the consent page (default 0: any free one)
  --ws-port N     port of the call events (default 0: any free one)
  --records N     contacts to invent (default 5000, at least 10), with the other modules in proportion
  --seed N        the same seed gives the same company (default 1)
  --db FILE       keeps the company in FILE, where it is otherwise kept in memory: records with their history, photos, tags and
                  preferences, registered clients, refresh and access tokens. The first run makes FILE, by --seed and --records;
                  a later one opens it, and says so and ends when these name another company. What was answered is on the disk.
                  One sandbox at a time. Not kept: codes not yet exchanged, page tokens, bulk reads, credits used, and
                  what the control interface steers. Where FILE cannot be written, a request is answered with 500
                  INTERNAL_ERROR and changes nothing
  --latency MS    every answer below /oauth and /crm waits that long, and the call counts as running (default 0)
  --index-lag MS  search sees what was written only so much later (default 0)
  --edition NAME  free, standard, professional, enterprise (the default) or ultimate, with 250 users: sets the credits of a day and
                  how many calls of one client may run at once (5, 10, 15, 20, 25; of heavy ones 10)
  --credits N     as many credits a day, whatever the edition
  --require FIELD the layout demands that field when a record is written, such as Calls.Reason_Code; may be given several times
  --tls DIR       https instead of http, with an authority of its own: DIR gets ca.pem (to be trusted by those who connect),
                  server.pem and server.key, which are made where they are missing
  --help, -h      this text
  --version, -v   the version

The client that is registered from the start (mobile and desktop applications, so PKCE is required):
  client id      %1
  client secret  %2
  redirect URIs  %3
Two more: a non-browser client for device codes (%4, secret %5) and a self client, whose codes POST grant makes
(%6, secret %7).

Call events: one JSON object a frame, {id, state, direction, from, to, name, time, reason?};
state ringing|dialing|connected|held|ended, direction in|out, time ISO-8601.
Who connects gets the last event of each call in the air, and then {snapshot: [their ids]}.

Control interface below /__sandbox/, JSON in and out, for programs and pages of this computer only:
  GET    phone             a page that plays the telephone
  POST   ring              {id, state, direction, from, to, name, time?, reason?}: sends a call event to all who listen;
                           answers {listeners}
  GET    calls             {calls}: the last event of each call in the air
  GET    sample            {known, unknown, shared, contact_id}: a number of one contact (contact_id), of nobody, of two
                           contacts; also known_name, known_company, shared_ids, shared_names
  GET    records/MODULE    {data, count}: all records of the module; ?created=1 those that came through the API
  GET    requests          {requests, count}: what was asked below /oauth and /crm: {method, path, query, time, status, body?};
                           secrets, codes and tokens are removed; status is the name of the fault when no answer was sent
  POST   requests          {replies: true}: from now on with reply: {type, length, text?} of what was answered below /crm
  DELETE requests          forgets them
  POST   fault             {path, method?, times?, skip?, one of: status, code, reset, truncate, drop_after_commit, delay}
                           path: a prefix, or a regular expression that starts with ^; times: how many requests suffer
                           (default 1, -1 until cleared); skip: how many are left alone first;
                           status: N answers so without doing anything (body, content_type, headers may be given);
                           code: an error of the CRM (GET errors) with its status, body and sentence; details, message and
                           record (whether it stands in data[]) may be given;
                           reset: true resets the connection before anything is done; truncate: true sends half of the answer;
                           drop_after_commit: true does the work and hangs up; delay: MS answers late (alone or with status)
  GET    errors            {errors}: the codes that a fault may have, with status and message
  GET    fault             {faults}: those still to come
  DELETE fault             clears them
  POST   client            {id, secret, redirect_uris, type: server|mobile|device|self, name?}: registers a client
  POST   grant             {client_id, scope, minutes?}: {code, refresh_token} without a browser; the code needs no redirect URI and
                           lives 2 minutes, or 3 to 10 as in the console of a self client
  POST   device            {interval?, expires_in?: seconds (30, 300); milliseconds?: true gives both as milliseconds; other_dc?: polls
                           answer other_dc with this location, "" ends it; user_code?, accept?: answers the page of that code}
  POST   expire            {what: access|refresh|page_tokens}: all such tokens die
  POST   throttle          {status: 400|200, language: en|zh}: how too many refreshes are answered
  POST   index_lag         {ms}: as --index-lag
  POST   bulk              {polls?, rows?, fail?}: after how many questions a bulk read is done (1), how many rows a page has (200,000),
                           whether it fails
  POST   coql              {phone_like?: true}: false refuses like on phone fields with INVALID_QUERY
  POST   search            {scope?: true}: a search needs ZohoSearch.securesearch.READ besides the scope of the module; false, as at
                           the start: the scope of the module is enough
  POST   picklist          {module, field, value, shown}: people see shown for that value (display_value), which is written and read
                           as before (actual_value)
  POST   lock              {module, id, code?: RECORD_LOCKED|RECORD_IN_BLUEPRINT|NOT_APPROVED|""}: every write of that record is refused so
  GET    workflows         {workflows}: {module, id, event} of the writes whose trigger let the rules of the organisation run
  POST   layout            {module, field, required?: true}: the layout demands the field or no longer does, as --require
  POST   permission        {deny?: [NAME], allow?: [NAME]}: what the profile of the agent may do: Crm_Implied_Api_Access, or
                           Crm_Implied_ and View_, Create_, Edit_, Delete_ and a module, or Crm_Implied_Convert_Leads
  GET    permission        {denied}
  POST   limits            {edition?, credits?, used?, concurrency?, heavy_concurrency?, token_rows?: how many rows page tokens reach
                           (100,000), old_headers?: X-RATELIMIT-… in every answer, old_reply?: the 429 of old versions}
  GET    limits            {edition, credits, used, remaining, concurrency, heavy_concurrency, at_once, most_at_once,
                           requests_at_once, most_requests_at_once, refused, requests_by_kind, credits_by_kind}
  DELETE limits            counts the most at once anew

requests_at_once are plain requests below /oauth and /crm, of all clients, each counted once and none refused for it. Calls at once are
counted for each client. One too many is refused with 429 without waiting and costs nothing; the place of a call is
free again when it was answered or its client has hung up (what it writes is written all the same).
Credits: X-API-CREDITS-REMAINING is sent from half use on; when they are used up, everything is answered with 429. Most calls cost 1;
writes 1 per 10 records, lists of a view 3, COQL 1 to 3 by rows, convert 5, composite 1 (2 when it could be undone and went well),
counts 50, bulk reads 50. A composite request counts as five calls at once.
Versions v2 to v8 of the API answer. Beside Zoho's modules there is a custom one, Service_Contracts, and custom fields
(Contacts.WhatsApp_Number and Customer_Number, which is unique; Leads.Consent_To_Call; Calls.Reason_Code, Topics,
Call_Back_On, Visit_At, Identity_Checked and Service_Contract).
)")
        .arg(client.id, client.secret, client.redirectUris.join(u"\n                 "_qs), demoDeviceClient().id,
             demoDeviceClient().secret, demoSelfClient().id, demoSelfClient().secret);
}

} // namespace ringside::sandbox
