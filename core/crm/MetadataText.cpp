// SPDX-License-Identifier: Apache-2.0
#include "MetadataText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ringside::metadatatext {

namespace {

constexpr int version = 1;

template <typename T, typename Make> QJsonArray arrayOf(const QList<T> &items, Make make)
{
    QJsonArray array;
    for (const T &item : items)
        array.append(make(item));
    return array;
}

template <typename T, typename Read> QList<T> listOf(const QJsonValue &value, Read read)
{
    QList<T> list;
    const QJsonArray items = value.toArray();
    for (const auto &item : items)
        list.append(read(item.toObject()));
    return list;
}

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

bool yes(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toBool();
}

QStringList texts(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toVariant().toStringList();
}

QJsonObject fromModule(const Module &module)
{
    return {{QStringLiteral("name"), module.apiName},        {QStringLiteral("singular"), module.singularLabel},
            {QStringLiteral("plural"), module.pluralLabel},  {QStringLiteral("searchable"), module.searchable},
            {QStringLiteral("creatable"), module.creatable}, {QStringLiteral("editable"), module.editable},
            {QStringLiteral("deletable"), module.deletable}, {QStringLiteral("custom"), module.custom}};
}

Module toModule(const QJsonObject &object)
{
    return {.apiName = text(object, "name"),
            .singularLabel = text(object, "singular"),
            .pluralLabel = text(object, "plural"),
            .searchable = yes(object, "searchable"),
            .creatable = yes(object, "creatable"),
            .editable = yes(object, "editable"),
            .deletable = yes(object, "deletable"),
            .custom = yes(object, "custom")};
}

QJsonObject fromField(const Field &field)
{
    return {{QStringLiteral("name"), field.apiName},
            {QStringLiteral("label"), field.label},
            {QStringLiteral("type"), field.dataType},
            {QStringLiteral("mandatory"), field.mandatory},
            {QStringLiteral("readOnly"), field.readOnly},
            {QStringLiteral("visible"), field.visible},
            {QStringLiteral("length"), field.length},
            {QStringLiteral("values"), QJsonArray::fromStringList(field.pickListValues)},
            {QStringLiteral("codes"), QJsonArray::fromStringList(field.pickListCodes)},
            {QStringLiteral("custom"), field.custom},
            {QStringLiteral("searchable"), field.searchable},
            {QStringLiteral("lookup"), field.lookupModule}};
}

Field toField(const QJsonObject &object)
{
    Field field;
    field.apiName = text(object, "name");
    field.label = text(object, "label");
    field.dataType = text(object, "type");
    field.mandatory = yes(object, "mandatory");
    field.readOnly = yes(object, "readOnly");
    field.visible = yes(object, "visible");
    field.length = object.value(QLatin1String("length")).toInt();
    field.pickListValues = texts(object, "values");
    field.pickListCodes = texts(object, "codes");
    field.custom = yes(object, "custom");
    field.searchable = yes(object, "searchable");
    field.lookupModule = text(object, "lookup");
    return field;
}

QJsonObject fromLayout(const Layout &layout)
{
    return {{QStringLiteral("id"), layout.id},
            {QStringLiteral("name"), layout.name},
            {QStringLiteral("active"), layout.active},
            {QStringLiteral("fields"), arrayOf(layout.fields, [](const LayoutField &field) {
                 return QJsonObject{{QStringLiteral("name"), field.apiName},
                                    {QStringLiteral("label"), field.label},
                                    {QStringLiteral("section"), field.section},
                                    {QStringLiteral("required"), field.required},
                                    {QStringLiteral("readOnly"), field.readOnly}};
             })}};
}

Layout toLayout(const QJsonObject &object)
{
    return {.id = text(object, "id"),
            .name = text(object, "name"),
            .active = yes(object, "active"),
            .fields = listOf<LayoutField>(object.value(QLatin1String("fields")), [](const QJsonObject &field) {
                return LayoutField{.apiName = text(field, "name"),
                                   .label = text(field, "label"),
                                   .section = text(field, "section"),
                                   .required = yes(field, "required"),
                                   .readOnly = yes(field, "readOnly")};
            })};
}

QJsonObject fromList(const RelatedList &list)
{
    return {{QStringLiteral("name"), list.apiName},
            {QStringLiteral("label"), list.label},
            {QStringLiteral("module"), list.module}};
}

RelatedList toList(const QJsonObject &object)
{
    return {.apiName = text(object, "name"), .label = text(object, "label"), .module = text(object, "module")};
}

} // namespace

QByteArray encoded(const ModuleMetadata &metadata)
{
    const QJsonObject object{{QStringLiteral("version"), version},
                             {QStringLiteral("module"), fromModule(metadata.module)},
                             {QStringLiteral("fields"), arrayOf(metadata.fields, fromField)},
                             {QStringLiteral("layouts"), arrayOf(metadata.layouts, fromLayout)},
                             {QStringLiteral("lists"), arrayOf(metadata.relatedLists, fromList)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<ModuleMetadata> decoded(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object.value(QLatin1String("version")).toInt() != version)
        return std::nullopt;
    ModuleMetadata metadata{.module = toModule(object.value(QLatin1String("module")).toObject()),
                            .fields = listOf<Field>(object.value(QLatin1String("fields")), toField),
                            .layouts = listOf<Layout>(object.value(QLatin1String("layouts")), toLayout),
                            .relatedLists = listOf<RelatedList>(object.value(QLatin1String("lists")), toList)};
    if (metadata.module.apiName.isEmpty())
        return std::nullopt;
    return metadata;
}

QByteArray encodedModules(const QList<Module> &modules)
{
    const QJsonObject object{{QStringLiteral("version"), version},
                             {QStringLiteral("modules"), arrayOf(modules, fromModule)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<QList<Module>> decodedModules(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object.value(QLatin1String("version")).toInt() != version)
        return std::nullopt;
    QList<Module> modules = listOf<Module>(object.value(QLatin1String("modules")), toModule);
    modules.removeIf([](const Module &module) { return module.apiName.isEmpty(); });
    return modules;
}

} // namespace ringside::metadatatext
