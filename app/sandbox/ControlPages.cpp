// SPDX-License-Identifier: Apache-2.0
#include "ControlPages.h"

namespace ringside::sandbox {

QString ControlPages::phone()
{
    return QStringLiteral(R"HTML(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ringside phone simulator</title><style>
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#dfe3e8;--card:#fff;--page:#f3f5f7;--accent:#0b63ce;--good:#12803c;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a2abb6;--line:#363c44;--card:#1f242b;--page:#14181d;--accent:#5ba3ff;--good:#4cc67a;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,"Inter","DejaVu Sans",sans-serif}
main{width:min(46rem,calc(100vw - 2rem));margin:2rem auto}
h1{font-size:1.3rem;margin:0 0 .25rem}h2{font-size:1rem;margin:1.5rem 0 .5rem}
.soft{color:var(--soft);margin:0 0 1rem}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem}
label{display:block;font-size:.85rem;color:var(--soft);margin-bottom:.75rem}
input,select{display:block;width:100%;font:inherit;padding:.5rem .6rem;margin-top:.2rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:var(--ink)}
.row{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}
.presets{display:flex;flex-wrap:wrap;gap:.5rem;margin-bottom:1rem}
button{font:inherit;padding:.45rem .9rem;border-radius:8px;border:1px solid var(--line);background:transparent;color:var(--ink);cursor:pointer}
button:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
button.ring{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:600}
button.answer{border-color:var(--good);color:var(--good)}button.end{border-color:var(--bad);color:var(--bad)}
li{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:.75rem 0;border-top:1px solid var(--line)}
ul{list-style:none;margin:0;padding:0}li .who{flex:1 1 12rem}li .who b{display:block}li .who span{color:var(--soft);font-size:.85rem}
#status{min-height:1.5em;margin:.75rem 0 0;color:var(--soft)}
</style></head><body><main>
<h1>Phone simulator</h1><p class="soft">Plays the telephone for every Ringside that listens to this sandbox.</p>
<section><div class="presets" id="presets"></div>
<div class="row"><label>Number of the other party<input id="number" autocomplete="off" value=""></label>
<label>Name the phone shows<input id="name" autocomplete="off" value=""></label>
<label>Direction<select id="direction"><option value="in">Incoming</option><option value="out">Outgoing</option></select></label>
<label>Own number or line<input id="own" autocomplete="off" value="Support line"></label></div>
<button class="ring" id="ring">Ring</button><p id="status" role="status"></p></section>
<h2>Calls in the air</h2><section><ul id="calls"></ul><p class="soft" id="none">None.</p></section>
</main><script>
"use strict";
const $ = id => document.getElementById(id);
const say = text => { $("status").textContent = text; };
async function send(event) {
  try {
    const reply = await fetch("/__sandbox/ring", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(event)});
    const body = await reply.json();
    say(reply.ok ? `${event.state}: ${body.listeners} listening` : body.error);
  } catch (error) { say("The sandbox does not answer: is it still running?"); }
  await refresh();
}
const change = (call, state, reason) => {
  const event = {...call, state}; delete event.time; delete event.reason;
  if (reason) event.reason = reason;
  return send(event);
};
function button(label, cls, action) {
  const element = document.createElement("button");
  element.textContent = label; element.className = cls; element.addEventListener("click", action);
  return element;
}
function show(call) {
  const item = document.createElement("li"), who = document.createElement("div");
  who.className = "who"; item.dataset.id = call.id; item.dataset.state = call.state;
  const title = document.createElement("b"), line = document.createElement("span");
  title.textContent = (call.direction === "in" ? call.from : call.to) + (call.name ? ` · ${call.name}` : "");
  line.textContent = `${call.direction === "in" ? "Incoming" : "Outgoing"}, ${call.state}`;
  who.append(title, line); item.append(who);
  if (call.state === "ringing" || call.state === "dialing") {
    item.append(button("Answer", "answer", () => change(call, "connected")));
    item.append(button(call.direction === "in" ? "Miss" : "No answer", "miss", () => change(call, "ended", call.direction === "in" ? "missed" : "no answer")));
  }
  if (call.state === "connected") item.append(button("Hold", "hold", () => change(call, "held")));
  if (call.state === "held") item.append(button("Resume", "resume", () => change(call, "connected")));
  item.append(button("Hang up", "end", () => change(call, "ended", "hangup")));
  return item;
}
let shown = "";
async function refresh() {
  try {
    const {calls} = await (await fetch("/__sandbox/calls")).json();
    const now = JSON.stringify(calls);
    if (now === shown) return;
    shown = now;
    $("calls").replaceChildren(...calls.map(show));
    $("none").hidden = calls.length > 0;
  } catch (error) { say("The sandbox does not answer: is it still running?"); }
}
$("ring").addEventListener("click", () => {
  const incoming = $("direction").value === "in", number = $("number").value.trim(), own = $("own").value.trim();
  if (!number) { say("Enter a number, or choose one above."); return; }
  send({id: crypto.randomUUID(), state: incoming ? "ringing" : "dialing", direction: incoming ? "in" : "out",
        from: incoming ? number : own, to: incoming ? own : number, name: $("name").value.trim()});
});
fetch("/__sandbox/sample").then(reply => reply.json()).then(sample => {
  const presets = [[`${sample.known_name} (known)`, sample.known], [`${sample.shared_names.join(" or ")} (shared)`, sample.shared],
                   ["Nobody in the CRM", sample.unknown], ["Withheld", "anonymous"]];
  for (const [label, number] of presets)
    $("presets").append(button(label, "preset", () => { $("number").value = number; $("name").value = ""; $("number").focus(); }));
  $("number").value = sample.known;
});
refresh(); setInterval(refresh, 1000);
</script></body></html>)HTML");
}

} // namespace ringside::sandbox
