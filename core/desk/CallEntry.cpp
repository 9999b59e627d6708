// SPDX-License-Identifier: Apache-2.0
#include "CallEntry.h"

#include <QCoreApplication>

namespace ringside {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::CallEntry", source);
}

} // namespace

QString CallEntry::title() const
{
    if (!personName.isEmpty())
        return personName;
    if (!remoteName.isEmpty() && remoteName != number.raw())
        return remoteName;
    if (!number.display().isEmpty())
        return number.display();
    return number.kind() == PhoneNumber::Kind::Withheld ? text(QT_TRANSLATE_NOOP("ringside::CallEntry", "Withheld number"))
                                                        : text(QT_TRANSLATE_NOOP("ringside::CallEntry", "Unknown caller"));
}

QString CallEntry::subtitle() const
{
    if (!personName.isEmpty())
        return company.isEmpty() || company == personName ? number.display() : company;
    if (!remoteName.isEmpty() && remoteName != number.raw() && !number.display().isEmpty())
        return number.display();
    if (number.kind() == PhoneNumber::Kind::External)
        return text(QT_TRANSLATE_NOOP("ringside::CallEntry", "New caller"));
    return number.kind() == PhoneNumber::Kind::Internal
               ? text(QT_TRANSLATE_NOOP("ringside::CallEntry", "Internal number"))
               : QString();
}

} // namespace ringside
