// SPDX-License-Identifier: Apache-2.0
#include "CompanyWords.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

struct Names
{
    QStringList first;
    QStringList last;
};

QStringList words(const QString &text)
{
    return text.split(u'|');
}

// Latin and Arabic spellings stand at the same place.
const Names &arabLatin()
{
    static const Names names{
        words(u"Ahmed|Fatima|Mohammed|Aisha|Khalid|Noura|Omar|Layla|Yousef|Mariam|Hassan|Huda|Ali|Salma|Ibrahim|Reem|Abdullah|Hind|Saeed|Amal|Faisal|Dana|Tariq|Rana|Majid|Lina|Sultan|Shamma|Karim|Zainab"_qs),
        words(u"Al Mansoori|Haddad|Farouk|Al Ketbi|Nasser|Saleh|Al Hashimi|Khoury|Al Suwaidi|Rahman|Darwish|Al Mazrouei|Qasim|Hamdan|Al Shamsi|Barakat|Mahmoud|Al Nuaimi|Issa|Al Balushi"_qs)};
    return names;
}

const Names &arabArabic()
{
    static const Names names{
        words(u"أحمد|فاطمة|محمد|عائشة|خالد|نورة|عمر|ليلى|يوسف|مريم|حسن|هدى|علي|سلمى|إبراهيم|ريم|عبدالله|هند|سعيد|أمل|فيصل|دانة|طارق|رنا|ماجد|لينا|سلطان|شما|كريم|زينب"_qs),
        words(u"المنصوري|حداد|فاروق|الكتبي|ناصر|صالح|الهاشمي|خوري|السويدي|رحمن|درويش|المزروعي|قاسم|حمدان|الشامسي|بركات|محمود|النعيمي|عيسى|البلوشي"_qs)};
    return names;
}

const Names &indian()
{
    static const Names names{words(u"Rahul|Priya|Arjun|Ananya|Vikram|Kavita|Sanjay|Deepa|Rohan|Meera|Anil|Sunita|Nikhil|Lakshmi"_qs),
                             words(u"Menon|Sharma|Patel|Iyer|Nair|Gupta|Reddy|Khan|Singh|D'Souza|Verma|Pillai"_qs)};
    return names;
}

const Names &english()
{
    static const Names names{words(u"James|Emma|Oliver|Grace|Daniel|Sarah|Thomas|Hannah|George|Charlotte|Marcus|Rebecca|Dennis|Alice"_qs),
                             words(u"Whitfield|Clarke|Morgan|Bennett|O'Connor|Hughes|Taylor|Reed|Foster|Ellis|Parker|Sinclair"_qs)};
    return names;
}

const Names &german()
{
    static const Names names{words(u"Sofia|Jürgen|Anna|Klaus|Greta|Lukas|Katrin|Matthias|Heike|Björn|Sabine|Felix"_qs),
                             words(u"Brandt|Müller|Schröder|Weiß|Hoffmann|Köhler|Zimmermann|Krüger|Vogel|Böhm"_qs)};
    return names;
}

const Names &french()
{
    static const Names names{words(u"Élodie|Julien|Camille|François|Hélène|Mathieu|Inès|Étienne"_qs),
                             words(u"Lefèvre|Moreau|Garnier|Dubois|Marchand|Rousseau|Chevalier"_qs)};
    return names;
}

const Names &japanese()
{
    static const Names names{words(u"Yuki|Haruto|Aoi|Kenji|Sakura|Daichi|Naomi|Takumi"_qs),
                             words(u"Tanaka|Sato|Watanabe|Kobayashi|Yamamoto|Nakamura|Mori"_qs)};
    return names;
}

QString ascii(const QString &text)
{
    QString plain;
    const QString decomposed = QString(text).replace(u"ß"_qs, u"ss"_qs).normalized(QString::NormalizationForm_D);
    for (const QChar letter : decomposed) {
        if (letter.unicode() < 128 && letter.isLetterOrNumber())
            plain += letter.toLower();
    }
    return plain;
}

Person arab(SeededRandom &random)
{
    const auto first = static_cast<qsizetype>(random.below(static_cast<int>(arabLatin().first.size())));
    const auto last = static_cast<qsizetype>(random.below(static_cast<int>(arabLatin().last.size())));
    const Names &written = random.percent(25) ? arabArabic() : arabLatin();
    return {written.first.at(first), written.last.at(last), ascii(arabLatin().first.at(first)),
            ascii(arabLatin().last.at(last))};
}

Person from(const Names &names, SeededRandom &random)
{
    const QString first = random.pick(names.first);
    const QString last = random.pick(names.last);
    return {first, last, ascii(first), ascii(last)};
}

} // namespace

const QList<Region> &CompanyWords::regions()
{
    static const QList<Region> list{
        {u"United Arab Emirates"_qs, words(u"Dubai|Abu Dhabi|Sharjah|Al Ain|Ajman"_qs), words(u"LLC|FZE|Trading LLC|FZCO|Group"_qs),
         NumberKind::EmiratesLandline, NumberKind::EmiratesMobile, 64},
        {u"Saudi Arabia"_qs, words(u"Riyadh|Jeddah|Dammam"_qs), words(u"Co.|Trading Est.|Group"_qs), NumberKind::SaudiMobile,
         NumberKind::SaudiMobile, 6},
        {u"India"_qs, words(u"Mumbai|Bengaluru|Kochi"_qs), words(u"Pvt. Ltd.|Industries|& Sons"_qs), NumberKind::IndiaMobile,
         NumberKind::IndiaMobile, 8},
        {u"United Kingdom"_qs, words(u"London|Manchester|Leeds"_qs), words(u"Ltd|& Co.|plc"_qs), NumberKind::BritainLandline,
         NumberKind::BritainLandline, 7},
        {u"Germany"_qs, words(u"Berlin|Frankfurt|Hamburg|Köln|München"_qs), words(u"GmbH|& Söhne|AG|KG"_qs),
         NumberKind::GermanyLandline, NumberKind::GermanyLandline, 6},
        {u"United States"_qs, words(u"New York|Chicago|Austin|Boston"_qs), words(u"Inc.|LLC|Corp."_qs), NumberKind::AmericaLandline,
         NumberKind::AmericaLandline, 4},
        {u"France"_qs, words(u"Paris|Lyon|Lille"_qs), words(u"SA|SARL|& Fils"_qs), NumberKind::FranceLandline,
         NumberKind::FranceLandline, 3},
        {u"Japan"_qs, words(u"Osaka|Tokyo"_qs), words(u"K.K.|Parts|Works"_qs), NumberKind::JapanLandline, NumberKind::JapanLandline, 2}};
    return list;
}

const Region &CompanyWords::pickRegion(SeededRandom &random)
{
    int mark = random.below(100);
    for (const Region &region : regions()) {
        mark -= region.share;
        if (mark < 0)
            return region;
    }
    return regions().front();
}

Person CompanyWords::person(const Region &region, SeededRandom &random)
{
    switch (region.mobile) {
    case NumberKind::EmiratesMobile: // people from everywhere live here
        if (const int mark = random.below(100); mark >= 55)
            return from(mark < 85 ? indian() : english(), random);
        return arab(random);
    case NumberKind::SaudiMobile:
        return arab(random);
    case NumberKind::IndiaMobile:
        return from(indian(), random);
    case NumberKind::GermanyLandline:
        return from(german(), random);
    case NumberKind::FranceLandline:
        return from(french(), random);
    case NumberKind::JapanLandline:
        return from(japanese(), random);
    default:
        return from(english(), random);
    }
}

QString CompanyWords::companyName(const Region &region, SeededRandom &random)
{
    static const QStringList names = words(
        u"Falcon|Palm|Gulf|Creek|Oasis|Pearl|Horizon|Desert Rose|Marina|Blue Dhow|Sandstone|Cedar|Northgate|Silver Oak|Lighthouse|Meridian|Atlas|Copper|Harbour|Juniper|Saffron|Granite|Evergreen|Compass|Summit|Riverside|Amber|Keystone"_qs);
    static const QStringList trades = words(
        u"Interiors|Marine|Logistics|Foods|Builders|Hospitality|Textiles|Medical|Motors|Electrical|Glass|Furniture|Printing|Facilities|Catering|Stationery|Landscapes|Security|Lighting|Joinery"_qs);
    const QString name = random.pick(names) + u' ' + random.pick(trades);
    return random.percent(75) ? name + u' ' + random.pick(region.companySuffixes) : name;
}

const QStringList &CompanyWords::titles()
{
    static const QStringList list = words(
        u"Operations Director|Procurement Manager|Owner|Office Manager|Project Manager|Finance Manager|Site Engineer|Sales Manager|General Manager|Warehouse Supervisor|Architect|Executive Assistant|Accountant|Facilities Lead"_qs);
    return list;
}

const QStringList &CompanyWords::dealNames()
{
    static const QStringList list = words(
        u"Showroom refit|Annual supply agreement|Office fit-out|Warehouse shelving|Lobby panels|Replacement lighting|Villa joinery|Reception furniture|Maintenance contract|Meeting room package|Exhibition stand|Hotel corridor panels"_qs);
    return list;
}

const QStringList &CompanyWords::caseSubjects()
{
    static const QStringList list = words(
        u"Delivery arrived late|Invoice shows the wrong VAT number|Two chairs missing from the delivery|Colour differs from the sample|Installation team did not arrive|Warranty question about hinges|Scratched table top|Wrong panel size delivered|Access card for the driver|Refund not received"_qs);
    return list;
}

const QStringList &CompanyWords::orderSubjects()
{
    static const QStringList list = words(
        u"Acoustic panels|Oak desks|Reception counter|Task chairs|LED downlights|Wall cladding|Glass partitions|Storage units|Carpet tiles|Outdoor seating"_qs);
    return list;
}

const QStringList &CompanyWords::callSubjects()
{
    static const QStringList list = words(
        u"Delivery date|Quotation follow-up|Invoice question|Order status|Site visit|New requirement|Complaint about delivery|Payment reminder|Colour samples|Change of address"_qs);
    return list;
}

const QStringList &CompanyWords::callNotes()
{
    static const QStringList list = words(
        u"Confirmed the delivery for Thursday morning.|Wants the quotation again with the smaller quantity.|Asked for a copy of the last invoice.|Will send the drawings today and expects a price by Monday.|Not available, asked to be called back after 16:00.|Happy with the samples. Wants to see the darker oak as well.|Payment is approved and goes out this week.|Asked whether the team can start one day earlier.|يريد التأكد من موعد التسليم قبل نهاية الأسبوع.|The gate code has changed, the driver should call ten minutes before."_qs);
    return list;
}

const QStringList &CompanyWords::notes()
{
    static const QStringList list = words(
        u"Prefers delivery before 10:00. Gate code is with security.|Decision is made by the owner, not by procurement.|Prefers WhatsApp to e-mail.|Speaks Arabic and English.|Asks for the delivery note to be signed at the site office.|Next budget round is in January.|Met at the trade show. Interested in acoustic panels.|يفضل التواصل باللغة العربية.|Call the assistant first.|Invoices go to the head office."_qs);
    return list;
}

const QStringList &CompanyWords::taskSubjects()
{
    static const QStringList list = words(
        u"Send the updated quotation|Call back about the delivery|Check the stock for the panels|Prepare the samples|Confirm the site visit|Send a copy of the invoice|Ask for feedback|Update the contact details"_qs);
    return list;
}

const QStringList &CompanyWords::meetingTitles()
{
    static const QStringList list = words(
        u"Site visit|Design review|Contract discussion|Showroom tour|Handover|Quarterly review"_qs);
    return list;
}

} // namespace ringside::sandbox
