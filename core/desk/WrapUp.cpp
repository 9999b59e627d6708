// SPDX-License-Identifier: Apache-2.0
#include "WrapUp.h"

#include "Clock.h"
#include "TextChange.h"
#include "WhenReady.h"

#include <QTimer>

#include <utility>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto retryAfter = 2s;
constexpr auto pauseInWriting = 30s;

/// Whether so much of a text is gone that it may be missed: a line, or most of a short text.
bool muchIsGone(const QString &before, const QString &now)
{
    constexpr qsizetype aLine = 40;
    constexpr qsizetype aFewWords = 10;
    const qsizetype gone = TextChange::between(before, now, static_cast<int>(now.size())).removed;
    return gone >= aLine || (gone >= aFewWords && 2 * gone >= before.size());
}

/// Whether a version of the text tells more than the last one does.
bool isWorthAVersion(const QString &last, const QString &now)
{
    constexpr qsizetype someWords = 20;
    const TextChange change = TextChange::between(last, now, static_cast<int>(now.size()));
    return !now.isEmpty() && change.removed + change.inserted >= someWords;
}

} // namespace

class WrapUp::Private
{
public:
    Private(WrapUp *owner, NoteDrafts &store, const Clock &time, std::unique_ptr<Alarm> alarm)
        : q(owner), drafts(store), clock(time), pause(std::move(alarm))
    {
    }

    void load();
    void merge(const NoteDraft &stored);
    void change();
    void watchDeletion(const QString &before, int cursor);
    void keepVersion(const QString &notes);
    void paused();
    void save();
    /// What has changed since it was last kept, and these versions.
    QFuture<Result<void>> write(const QStringList &earlier);
    void saved(const Result<void> &result, int written, int writtenContent, const QStringList &earlier);
    void setSaveState(SaveState state, const QString &message);

    WrapUp *q;
    NoteDrafts &drafts;
    const Clock &clock;
    NoteDraft draft;
    QTimer retry;
    std::unique_ptr<Alarm> pause;
    QString beforeDeletion;  ///< The notes before what is being deleted; null while nothing is.
    bool deletionKept = false;
    QString lastVersion;
    QStringList versions; ///< To be kept with the next save, oldest first.
    QString message;
    SaveState state = SaveState::Saved;
    int revision = 0;      ///< Counts changes.
    int savedRevision = 0; ///< What is on disk.
    int content = 0;       ///< Counts changes of more than the cursor.
    int savedContent = 0;
    bool loaded = false;
    bool saving = false;
    bool dirtyByAgent = false;
    bool notesTyped = false; ///< Before the stored draft was read.
    bool resultSet = false;
    bool purposeSet = false;
};

void WrapUp::Private::load()
{
    whenReady(q, drafts.load(draft.callKey), [this](const Result<std::optional<NoteDraft>> &stored) {
        if (!stored) {
            // Saving now could put a shorter text over one that cannot be read at the moment.
            if (stored.error().kind != ErrorKind::Cancelled)
                setSaveState(SaveState::NotSaved, stored.error().message);
            QTimer::singleShot(retryAfter, q, [this] { load(); });
            return;
        }
        if (stored.value())
            merge(*stored.value());
        loaded = true;
        if (revision == savedRevision)
            setSaveState(SaveState::Saved, {});
        Q_EMIT q->draftLoaded();
        if (revision != savedRevision)
            save();
    });
}

// What was typed before the stored text was there goes below it; nothing of either is lost.
void WrapUp::Private::merge(const NoteDraft &stored)
{
    const NoteDraft typed = draft;
    draft = stored;
    if (notesTyped && !typed.notes.isEmpty() && typed.notes != stored.notes) {
        const QString above = stored.notes.isEmpty() ? QString() : stored.notes + QLatin1Char('\n');
        draft.notes = above + typed.notes;
        draft.cursor = static_cast<int>(above.size()) + typed.cursor;
    }
    if (typed.subjectEdited || (!stored.subjectEdited && (stored.subject.isEmpty() || !typed.subject.isEmpty()))) {
        draft.subject = typed.subject;
        draft.subjectEdited = typed.subjectEdited;
    }
    if (resultSet)
        draft.result = typed.result;
    if (purposeSet || stored.purpose.isEmpty())
        draft.purpose = typed.purpose;
    for (auto it = typed.values.cbegin(); it != typed.values.cend(); ++it)
        draft.values.insert(it.key(), it.value());
    dirtyByAgent = dirtyByAgent || !stored.notes.isEmpty() || stored.subjectEdited || !stored.result.isEmpty() ||
                   !stored.values.isEmpty();
}

void WrapUp::Private::change()
{
    dirtyByAgent = true;
    ++revision;
    ++content;
    save();
    Q_EMIT q->edited();
}

// Key by key or at once: what counts is all that went since something was last added alone.
void WrapUp::Private::watchDeletion(const QString &before, int cursor)
{
    if (TextChange::between(before, draft.notes, cursor).removed == 0) {
        beforeDeletion = QString();
        deletionKept = false;
        return;
    }
    if (beforeDeletion.isNull())
        beforeDeletion = before;
    const bool tooMuch = draft.notes.isEmpty() || muchIsGone(beforeDeletion, draft.notes);
    if (!deletionKept && tooMuch) {
        keepVersion(beforeDeletion);
        deletionKept = true;
    }
    if (before != beforeDeletion && muchIsGone(before, draft.notes)) // something else, in one go
        keepVersion(before);
}

void WrapUp::Private::keepVersion(const QString &notes)
{
    if (notes.isEmpty())
        return;
    lastVersion = notes;
    versions.append(notes);
}

void WrapUp::Private::paused()
{
    if (!isWorthAVersion(lastVersion, draft.notes))
        return;
    keepVersion(draft.notes);
    ++revision;
    save();
}

void WrapUp::Private::save()
{
    if (state != SaveState::NotSaved)
        setSaveState(SaveState::Saving, {});
    if (!loaded || saving)
        return; // saved() or load() comes back here
    saving = true;
    retry.stop();
    const QStringList earlier = std::exchange(versions, {});
    whenReady(q, write(earlier),
              [this, current = revision, currentContent = content, earlier](const Result<void> &result) {
                  saved(result, current, currentContent, earlier);
              });
}

QFuture<Result<void>> WrapUp::Private::write(const QStringList &earlier)
{
    draft.updatedAt = clock.now();
    if (content == savedContent)
        return drafts.saveCursor(draft, earlier);
    return drafts.save(draft, earlier);
}

void WrapUp::Private::saved(const Result<void> &result, int written, int writtenContent, const QStringList &earlier)
{
    saving = false;
    if (!result) {
        versions = earlier + versions;
        setSaveState(SaveState::NotSaved, result.error().message);
        retry.start();
        return;
    }
    savedRevision = written;
    savedContent = writtenContent;
    if (revision != savedRevision)
        save();
    else
        setSaveState(SaveState::Saved, {});
}

void WrapUp::Private::setSaveState(SaveState newState, const QString &sentence)
{
    if (state == newState && message == sentence)
        return;
    state = newState;
    message = sentence;
    Q_EMIT q->saveStateChanged();
}

WrapUp::WrapUp(const QString &callKey, NoteDrafts &drafts, const Clock &clock, QObject *parent,
               std::unique_ptr<Alarm> pause)
    : QObject(parent), d(std::make_unique<Private>(this, drafts, clock, std::move(pause)))
{
    d->draft.callKey = callKey;
    d->retry.setSingleShot(true);
    d->retry.setInterval(retryAfter);
    connect(&d->retry, &QTimer::timeout, this, [this] { d->save(); });
    d->load();
}

// The last change may still wait behind a save under way: the store finishes what it has accepted.
WrapUp::~WrapUp()
{
    flush();
}

void WrapUp::flush()
{
    if (d->loaded && d->revision != d->savedRevision)
        d->write(d->versions);
}

bool WrapUp::loaded() const
{
    return d->loaded;
}

const NoteDraft &WrapUp::draft() const
{
    return d->draft;
}

void WrapUp::setNotes(const QString &text, int cursor)
{
    if (d->draft.notes == text && d->draft.cursor == cursor)
        return;
    const bool onlyCursor = d->draft.notes == text;
    const QString before = std::exchange(d->draft.notes, text);
    d->draft.cursor = cursor;
    d->notesTyped = true;
    if (onlyCursor) { // kept, so that it comes back in the same place, but it is no edit
        ++d->revision;
        d->save();
        return;
    }
    d->watchDeletion(before, cursor);
    d->pause->ringIn(pauseInWriting, [this] { d->paused(); });
    d->change();
}

void WrapUp::setSubject(const QString &text)
{
    if (d->draft.subject == text)
        return;
    d->draft.subject = text;
    d->draft.subjectEdited = true;
    d->change();
}

void WrapUp::setResult(const QString &value)
{
    if (d->draft.result == value)
        return;
    d->draft.result = value;
    d->resultSet = true;
    d->change();
}

void WrapUp::setPurpose(const QString &value)
{
    if (d->draft.purpose == value)
        return;
    d->draft.purpose = value;
    d->purposeSet = true;
    d->change();
}

void WrapUp::setValue(const QString &field, const QString &value)
{
    if (d->draft.values.value(field) == value)
        return;
    d->draft.values.insert(field, value);
    d->change();
}

void WrapUp::setRelatedTo(const QString &module, const QString &id)
{
    if (d->draft.relatedModule == module && d->draft.relatedId == id)
        return;
    d->draft.relatedModule = module;
    d->draft.relatedId = id;
    d->change();
}

void WrapUp::restore(const NoteDraft &logged)
{
    const QString key = d->draft.callKey;
    if (d->draft.notes != logged.notes)
        d->keepVersion(d->draft.notes);
    d->draft = logged;
    d->draft.callKey = key;
    d->dirtyByAgent = false;
    ++d->revision;
    ++d->content;
    d->save();
    Q_EMIT draftLoaded();
}

void WrapUp::suggestSubject(const QString &text)
{
    // Not saved for itself: it is made again whenever it is needed.
    if (!d->draft.subjectEdited)
        d->draft.subject = text;
}

void WrapUp::suggestPurpose(const QString &value)
{
    if (d->draft.purpose.isEmpty() && !d->purposeSet)
        d->draft.purpose = value;
}

void WrapUp::readVersions()
{
    whenReady(this, d->drafts.versions(d->draft.callKey), [this](const Result<QList<NoteVersion>> &read) {
        if (read)
            Q_EMIT versionsRead(read.value(), {});
        else
            Q_EMIT versionsRead({}, read.error().message);
    });
}

WrapUp::SaveState WrapUp::saveState() const
{
    return d->state;
}

QString WrapUp::saveMessage() const
{
    return d->message;
}

bool WrapUp::dirtyByAgent() const
{
    return d->dirtyByAgent;
}

} // namespace ringside
