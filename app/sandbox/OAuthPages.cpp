// SPDX-License-Identifier: Apache-2.0
#include "OAuthPages.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

QString page(const QString &title, const QString &content)
{
    static const QString frame = QStringLiteral(R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>%1</title><style>
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--line:#dfe3e8;--card:#fff;--page:#f3f5f7;--accent:#0b63ce}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a2abb6;--line:#363c44;--card:#1f242b;--page:#14181d;--accent:#5ba3ff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,"Inter","DejaVu Sans",sans-serif}
main{width:min(34rem,calc(100vw - 2rem));margin:2rem 0;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:2rem}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .25rem}p{margin:.25rem 0 1rem}.soft{color:var(--soft)}
.who{display:flex;gap:.75rem;align-items:center;border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;margin:1rem 0}
.who b{display:block}.badge{width:2.5rem;height:2.5rem;border-radius:50%;background:var(--accent);color:var(--card);display:grid;place-items:center;font-weight:600}
ul{list-style:none;padding:0;margin:1rem 0;max-height:18rem;overflow:auto;border-top:1px solid var(--line)}
li{padding:.5rem 0;border-bottom:1px solid var(--line)}li span{display:block;font-size:.8rem;color:var(--soft)}
form{display:flex;gap:.75rem;justify-content:flex-end;margin-top:1.5rem}
input:not([type=hidden]){font:inherit;letter-spacing:.1em;flex:1;padding:.6rem .8rem;border-radius:8px;border:1px solid var(--line);background:var(--page);color:var(--ink)}
button{font:inherit;padding:.6rem 1.4rem;border-radius:8px;border:1px solid var(--line);background:transparent;color:var(--ink);cursor:pointer}
#accept{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:600}
button:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
</style></head><body><main>%2</main></body></html>)");
    return QString(frame).replace(u"%1"_qs, title.toHtmlEscaped()).replace(u"%2"_qs, content);
}

QString initials(const QString &name)
{
    QString letters;
    const QStringList words = name.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words)
        letters += word.at(0);
    return letters.left(2).toUpper();
}

} // namespace

QString OAuthPages::consent(const OAuthClient &client, const QString &agentName, const QString &agentEmail,
                            const OAuthScopes &scopes, const ConsentForm &form)
{
    QString list;
    const QStringList names = scopes.names();
    for (const QString &name : names)
        list += u"<li>%1<span>%2</span></li>"_qs.arg(OAuthScopes::describe(name).toHtmlEscaped(), name.toHtmlEscaped());
    const QString content = QStringLiteral(R"(<h1>%1 would like to access your CRM</h1>
<p class="soft">This is the Ringside sandbox: the data is invented and stays on this computer.</p>
<div class="who"><span class="badge">%2</span><div><b id="agent">%3</b><span class="soft">%4</span></div></div>
<p>If you accept, %1 may:</p><ul id="scopes">%5</ul>
<form method="post" action="%6"><input type="hidden" name="%7" value="%8">
<button id="reject" name="decision" value="reject">Reject</button>
<button id="accept" name="decision" value="accept" autofocus>Accept</button></form>)")
                                .arg(client.name.toHtmlEscaped(), initials(agentName).toHtmlEscaped(),
                                     agentName.toHtmlEscaped(), agentEmail.toHtmlEscaped(), list, form.action, form.field, form.value);
    return page(u"Sign in to the Ringside sandbox"_qs, content);
}

QString OAuthPages::deviceCode(const QString &trouble)
{
    const QString complaint = trouble.isEmpty() ? QString() : u"<p id=\"error\">%1</p>"_qs.arg(trouble.toHtmlEscaped());
    return page(u"Connect a program"_qs,
                QStringLiteral(R"(<h1>Connect a program</h1><p class="soft">Type the code that the program shows.</p>%1
<form method="post" action="/oauth/v3/device"><input id="user_code" name="user_code" autocomplete="off" autofocus
aria-label="Code" placeholder="XXXX-XXXX" maxlength="12"><button id="next">Next</button></form>)")
                    .arg(complaint));
}

QString OAuthPages::notice(const QString &title, const QString &sentence)
{
    return page(title, u"<h1>%1</h1><p id=\"notice\">%2</p>"_qs.arg(title.toHtmlEscaped(), sentence.toHtmlEscaped()));
}

QString OAuthPages::error(const QString &title, const QString &sentence)
{
    return page(title, u"<h1>%1</h1><p id=\"error\">%2</p><p class=\"soft\">Ringside sandbox</p>"_qs.arg(
                           title.toHtmlEscaped(), sentence.toHtmlEscaped()));
}

} // namespace ringside::sandbox
