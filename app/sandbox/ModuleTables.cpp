// SPDX-License-Identifier: Apache-2.0
#include "ModuleTables.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1String none{};
constexpr auto leadSources =
    "-None-|Advertisement|Cold Call|Employee Referral|External Referral|Partner|Public Relations|Trade Show|Web Download|Chat"_L1;
constexpr auto industries =
    "-None-|Construction|Consulting|Hospitality|Interior Design|Logistics|Manufacturing|Marine|Retail|Technology|Wholesale"_L1;
constexpr auto salutations = "-None-|Mr.|Mrs.|Ms.|Dr.|Prof."_L1;
constexpr auto priorities = "-None-|High|Medium|Low"_L1;

constexpr FieldRow common[] = {
    {"Owner"_L1, "Owner"_L1, "ownerlookup"_L1, 120, none, none},
    {"Created_By"_L1, "Created By"_L1, "ownerlookup"_L1, 120, "r"_L1, none},
    {"Modified_By"_L1, "Modified By"_L1, "ownerlookup"_L1, 120, "r"_L1, none},
    {"Created_Time"_L1, "Created Time"_L1, "datetime"_L1, 120, "r"_L1, none},
    {"Modified_Time"_L1, "Modified Time"_L1, "datetime"_L1, 120, "r"_L1, none},
    {"Tag"_L1, "Tag"_L1, "text"_L1, 2000, "t"_L1, none},
};

constexpr FieldRow contacts[] = {
    {"Salutation"_L1, "Salutation"_L1, "picklist"_L1, 120, none, salutations},
    {"First_Name"_L1, "First Name"_L1, "text"_L1, 40, none, none},
    {"Last_Name"_L1, "Last Name"_L1, "text"_L1, 80, "m"_L1, none},
    {"Full_Name"_L1, "Full Name"_L1, "text"_L1, 80, "r"_L1, none},
    {"Account_Name"_L1, "Account Name"_L1, "lookup"_L1, 200, none, "Accounts"_L1},
    {"Title"_L1, "Title"_L1, "text"_L1, 100, none, none},
    {"Department"_L1, "Department"_L1, "text"_L1, 50, none, none},
    {"Phone"_L1, "Phone"_L1, "phone"_L1, 50, none, none},
    {"Mobile"_L1, "Mobile"_L1, "phone"_L1, 30, none, none},
    {"Home_Phone"_L1, "Home Phone"_L1, "phone"_L1, 30, none, none},
    {"Other_Phone"_L1, "Other Phone"_L1, "phone"_L1, 50, none, none},
    {"Asst_Phone"_L1, "Asst Phone"_L1, "phone"_L1, 30, none, none},
    {"Customer_Number"_L1, "Customer Number"_L1, "text"_L1, 30, "cu"_L1, none},
    {"WhatsApp_Number"_L1, "WhatsApp Number"_L1, "phone"_L1, 30, "c"_L1, none},
    {"Assistant"_L1, "Assistant"_L1, "text"_L1, 30, none, none},
    {"Fax"_L1, "Fax"_L1, "text"_L1, 30, none, none},
    {"Email"_L1, "Email"_L1, "email"_L1, 100, none, none},
    {"Secondary_Email"_L1, "Secondary Email"_L1, "email"_L1, 100, none, none},
    {"Lead_Source"_L1, "Lead Source"_L1, "picklist"_L1, 120, none, leadSources},
    {"Date_of_Birth"_L1, "Date of Birth"_L1, "date"_L1, 20, none, none},
    {"Mailing_Street"_L1, "Mailing Street"_L1, "text"_L1, 250, none, none},
    {"Mailing_City"_L1, "Mailing City"_L1, "text"_L1, 100, none, none},
    {"Mailing_State"_L1, "Mailing State"_L1, "text"_L1, 100, none, none},
    {"Mailing_Zip"_L1, "Mailing Zip"_L1, "text"_L1, 30, none, none},
    {"Mailing_Country"_L1, "Mailing Country"_L1, "text"_L1, 100, none, none},
    {"Email_Opt_Out"_L1, "Email Opt Out"_L1, "boolean"_L1, 5, none, none},
    {"Reporting_To"_L1, "Reporting To"_L1, "lookup"_L1, 100, none, "Contacts"_L1},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
    {"Record_Image"_L1, "Contact Image"_L1, "profileimage"_L1, 255, "r"_L1, none},
    {"Last_Activity_Time"_L1, "Last Activity Time"_L1, "datetime"_L1, 120, "r"_L1, none},
};

constexpr FieldRow leads[] = {
    {"Salutation"_L1, "Salutation"_L1, "picklist"_L1, 120, none, salutations},
    {"First_Name"_L1, "First Name"_L1, "text"_L1, 40, none, none},
    {"Last_Name"_L1, "Last Name"_L1, "text"_L1, 80, "m"_L1, none},
    {"Full_Name"_L1, "Full Name"_L1, "text"_L1, 80, "r"_L1, none},
    {"Company"_L1, "Company"_L1, "text"_L1, 200, "m"_L1, none},
    {"Designation"_L1, "Title"_L1, "text"_L1, 100, none, none},
    {"Phone"_L1, "Phone"_L1, "phone"_L1, 30, none, none},
    {"Mobile"_L1, "Mobile"_L1, "phone"_L1, 30, none, none},
    {"Fax"_L1, "Fax"_L1, "text"_L1, 30, none, none},
    {"Email"_L1, "Email"_L1, "email"_L1, 100, none, none},
    {"Secondary_Email"_L1, "Secondary Email"_L1, "email"_L1, 100, none, none},
    {"Website"_L1, "Website"_L1, "website"_L1, 255, none, none},
    {"Lead_Source"_L1, "Lead Source"_L1, "picklist"_L1, 120, none, leadSources},
    {"Lead_Status"_L1, "Lead Status"_L1, "picklist"_L1, 120, none,
     "-None-|Not Contacted|Attempted to Contact|Contact in Future|Contacted|Junk Lead|Lost Lead|Pre-Qualified"_L1},
    {"Industry"_L1, "Industry"_L1, "picklist"_L1, 120, none, industries},
    {"Annual_Revenue"_L1, "Annual Revenue"_L1, "currency"_L1, 16, none, none},
    {"Street"_L1, "Street"_L1, "text"_L1, 250, none, none},
    {"City"_L1, "City"_L1, "text"_L1, 100, none, none},
    {"State"_L1, "State"_L1, "text"_L1, 100, none, none},
    {"Zip_Code"_L1, "Zip Code"_L1, "text"_L1, 30, none, none},
    {"Country"_L1, "Country"_L1, "text"_L1, 100, none, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
    {"Converted__s"_L1, "Is Converted"_L1, "boolean"_L1, 5, "r"_L1, none},
    {"Converted_Date_Time"_L1, "Converted Date Time"_L1, "datetime"_L1, 120, "r"_L1, none},
    {"Converted_Contact"_L1, "Converted Contact"_L1, "lookup"_L1, 120, "r"_L1, "Contacts"_L1},
    {"Converted_Account"_L1, "Converted Account"_L1, "lookup"_L1, 120, "r"_L1, "Accounts"_L1},
    {"Converted_Deal"_L1, "Converted Deal"_L1, "lookup"_L1, 120, "r"_L1, "Deals"_L1},
    {"Consent_To_Call"_L1, "Consent To Call"_L1, "picklist"_L1, 120, "c"_L1, "-None-|Given|Refused"_L1},
    {"Record_Image"_L1, "Lead Image"_L1, "profileimage"_L1, 255, "r"_L1, none},
    {"Last_Activity_Time"_L1, "Last Activity Time"_L1, "datetime"_L1, 120, "r"_L1, none},
};

constexpr FieldRow accounts[] = {
    {"Account_Name"_L1, "Account Name"_L1, "text"_L1, 200, "m"_L1, none},
    {"Phone"_L1, "Phone"_L1, "phone"_L1, 30, none, none},
    {"Fax"_L1, "Fax"_L1, "text"_L1, 30, none, none},
    {"Website"_L1, "Website"_L1, "website"_L1, 255, none, none},
    {"Account_Number"_L1, "Account Number"_L1, "text"_L1, 40, none, none},
    {"Account_Type"_L1, "Account Type"_L1, "picklist"_L1, 120, none, "-None-|Customer|Distributor|Partner|Prospect|Supplier|Other"_L1},
    {"Industry"_L1, "Industry"_L1, "picklist"_L1, 120, none, industries},
    {"Employees"_L1, "Employees"_L1, "integer"_L1, 9, none, none},
    {"Annual_Revenue"_L1, "Annual Revenue"_L1, "currency"_L1, 16, none, none},
    {"Parent_Account"_L1, "Parent Account"_L1, "lookup"_L1, 200, none, "Accounts"_L1},
    {"Billing_Street"_L1, "Billing Street"_L1, "text"_L1, 250, none, none},
    {"Billing_City"_L1, "Billing City"_L1, "text"_L1, 100, none, none},
    {"Billing_State"_L1, "Billing State"_L1, "text"_L1, 100, none, none},
    {"Billing_Code"_L1, "Billing Code"_L1, "text"_L1, 30, none, none},
    {"Billing_Country"_L1, "Billing Country"_L1, "text"_L1, 100, none, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
    {"Record_Image"_L1, "Account Image"_L1, "profileimage"_L1, 255, "r"_L1, none},
    {"Last_Activity_Time"_L1, "Last Activity Time"_L1, "datetime"_L1, 120, "r"_L1, none},
};

constexpr FieldRow deals[] = {
    {"Deal_Name"_L1, "Deal Name"_L1, "text"_L1, 120, "m"_L1, none},
    {"Account_Name"_L1, "Account Name"_L1, "lookup"_L1, 200, none, "Accounts"_L1},
    {"Contact_Name"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"Amount"_L1, "Amount"_L1, "currency"_L1, 16, none, none},
    {"Expected_Revenue"_L1, "Expected Revenue"_L1, "currency"_L1, 16, "r"_L1, none},
    {"Closing_Date"_L1, "Closing Date"_L1, "date"_L1, 20, none, none},
    {"Stage"_L1, "Stage"_L1, "picklist"_L1, 120, "m"_L1,
     "Qualification|Needs Analysis|Value Proposition|Identify Decision Makers|Proposal|Negotiation|Closed Won|Closed Lost"_L1},
    {"Probability"_L1, "Probability (%)"_L1, "integer"_L1, 3, none, none},
    {"Pipeline"_L1, "Pipeline"_L1, "picklist"_L1, 120, none, "Standard (Standard)"_L1},
    {"Type"_L1, "Type"_L1, "picklist"_L1, 120, none, "-None-|Existing Business|New Business"_L1},
    {"Lead_Source"_L1, "Lead Source"_L1, "picklist"_L1, 120, none, leadSources},
    {"Next_Step"_L1, "Next Step"_L1, "text"_L1, 100, none, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
    {"Last_Activity_Time"_L1, "Last Activity Time"_L1, "datetime"_L1, 120, "r"_L1, none},
};

constexpr FieldRow cases[] = {
    {"Case_Number"_L1, "Case Number"_L1, "autonumber"_L1, 120, "r"_L1, none},
    {"Subject"_L1, "Subject"_L1, "text"_L1, 255, "m"_L1, none},
    {"Status"_L1, "Status"_L1, "picklist"_L1, 120, "m"_L1, "New|On Hold|Escalated|Closed"_L1},
    {"Priority"_L1, "Priority"_L1, "picklist"_L1, 120, none, priorities},
    {"Type"_L1, "Type"_L1, "picklist"_L1, 120, none, "-None-|Problem|Feature Request|Question"_L1},
    {"Case_Origin"_L1, "Case Origin"_L1, "picklist"_L1, 120, "m"_L1, "-None-|Email|Phone|Web"_L1},
    {"Case_Reason"_L1, "Case Reason"_L1, "picklist"_L1, 120, none, "-None-|User did not attend any training|Complex functionality|Damaged goods|Late delivery|Invoice query"_L1},
    {"Account_Name"_L1, "Account Name"_L1, "lookup"_L1, 200, none, "Accounts"_L1},
    {"Related_To"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"Deal_Name"_L1, "Deal Name"_L1, "lookup"_L1, 120, none, "Deals"_L1},
    {"Reported_By"_L1, "Reported By"_L1, "text"_L1, 50, none, none},
    {"Phone"_L1, "Phone"_L1, "phone"_L1, 30, none, none},
    {"Email"_L1, "Email"_L1, "email"_L1, 100, none, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
    {"Solution"_L1, "Solution"_L1, "textarea"_L1, 32000, none, none},
};

constexpr FieldRow tasks[] = {
    {"Subject"_L1, "Subject"_L1, "text"_L1, 300, "m"_L1, none},
    {"Due_Date"_L1, "Due Date"_L1, "date"_L1, 20, none, none},
    {"Status"_L1, "Status"_L1, "picklist"_L1, 120, none, "Not Started|Deferred|In Progress|Completed|Waiting for input"_L1},
    {"Priority"_L1, "Priority"_L1, "picklist"_L1, 120, none, "High|Highest|Low|Lowest|Normal"_L1},
    {"Who_Id"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"What_Id"_L1, "Related To"_L1, "lookup"_L1, 120, none, "se_module"_L1},
    {"Remind_At"_L1, "Reminder"_L1, "ALARM"_L1, 120, none, none},
    {"Recurring_Activity"_L1, "Repeat"_L1, "RRULE"_L1, 120, none, none},
    {"Send_Notification_Email"_L1, "Send Notification Email"_L1, "boolean"_L1, 5, none, none},
    {"Closed_Time"_L1, "Closed Time"_L1, "datetime"_L1, 120, "r"_L1, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
};

constexpr FieldRow calls[] = {
    {"Subject"_L1, "Subject"_L1, "text"_L1, 255, "m"_L1, none},
    {"Call_Type"_L1, "Call Type"_L1, "picklist"_L1, 120, "m"_L1, "Outbound|Inbound|Missed"_L1},
    {"Call_Start_Time"_L1, "Call Start Time"_L1, "datetime"_L1, 120, "m"_L1, none},
    {"Call_Duration"_L1, "Call Duration"_L1, "text"_L1, 120, none, none},
    {"Call_Duration_in_seconds"_L1, "Call Duration (in seconds)"_L1, "integer"_L1, 9, none, none},
    {"Call_Purpose"_L1, "Call Purpose"_L1, "picklist"_L1, 120, none,
     "-None-|Prospecting|Administrative|Negotiation|Demo|Project|Desk|Support"_L1},
    {"Call_Result"_L1, "Call Result"_L1, "picklist"_L1, 120, none,
     "-None-|Interested|Not interested|No response/Busy|Requested more info|Requested call back|Invalid number"_L1},
    {"Call_Agenda"_L1, "Call Agenda"_L1, "text"_L1, 255, none, none},
    {"Outgoing_Call_Status"_L1, "Outgoing Call Status"_L1, "picklist"_L1, 120, none,
     "Scheduled|Completed|Cancelled|Overdue"_L1},
    {"Who_Id"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"What_Id"_L1, "Related To"_L1, "lookup"_L1, 120, none, "se_module"_L1},
    {"Caller_ID"_L1, "Caller ID"_L1, "text"_L1, 255, none, none},
    {"Dialled_Number"_L1, "Dialled Number"_L1, "text"_L1, 255, none, none},
    {"Voice_Recording__s"_L1, "Voice Recording"_L1, "website"_L1, 450, none, none},
    {"Reason_Code"_L1, "Reason Code"_L1, "picklist"_L1, 120, "c"_L1, "-None-|Sales|Service|Billing|Other"_L1},
    {"Topics"_L1, "Topics"_L1, "multiselectpicklist"_L1, 120, "c"_L1, "Delivery|Price|Quality|Contract"_L1},
    {"Call_Back_On"_L1, "Call Back On"_L1, "date"_L1, 20, "c"_L1, none},
    {"Visit_At"_L1, "Visit At"_L1, "datetime"_L1, 120, "c"_L1, none},
    {"Identity_Checked"_L1, "Identity Checked"_L1, "boolean"_L1, 5, "c"_L1, none},
    {"Service_Contract"_L1, "Service Contract"_L1, "lookup"_L1, 120, "c"_L1, "Service_Contracts"_L1},
    {"CTI_Entry"_L1, "CTI Entry"_L1, "boolean"_L1, 5, "r"_L1, none},
    {"Scheduled_In_CRM"_L1, "Scheduled In CRM"_L1, "boolean"_L1, 5, "r"_L1, none},
    {"Reminder"_L1, "Reminder"_L1, "picklist"_L1, 120, none,
     "None|5 minutes before|10 minutes before|15 minutes before|30 minutes before"_L1},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
};

constexpr FieldRow events[] = {
    {"Event_Title"_L1, "Title"_L1, "text"_L1, 255, "m"_L1, none},
    {"Start_DateTime"_L1, "From"_L1, "datetime"_L1, 120, "m"_L1, none},
    {"End_DateTime"_L1, "To"_L1, "datetime"_L1, 120, "m"_L1, none},
    {"All_day"_L1, "All day"_L1, "boolean"_L1, 5, none, none},
    {"Venue"_L1, "Location"_L1, "text"_L1, 255, none, none},
    {"Who_Id"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"What_Id"_L1, "Related To"_L1, "lookup"_L1, 120, none, "se_module"_L1},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
};

constexpr FieldRow salesOrders[] = {
    {"SO_Number"_L1, "SO Number"_L1, "text"_L1, 120, none, none},
    {"Subject"_L1, "Subject"_L1, "text"_L1, 255, "m"_L1, none},
    {"Account_Name"_L1, "Account Name"_L1, "lookup"_L1, 200, "m"_L1, "Accounts"_L1},
    {"Contact_Name"_L1, "Contact Name"_L1, "lookup"_L1, 120, none, "Contacts"_L1},
    {"Deal_Name"_L1, "Deal Name"_L1, "lookup"_L1, 120, none, "Deals"_L1},
    {"Status"_L1, "Status"_L1, "picklist"_L1, 120, none, "Created|Approved|Delivered|Cancelled"_L1},
    {"Due_Date"_L1, "Due Date"_L1, "date"_L1, 20, none, none},
    {"Carrier"_L1, "Carrier"_L1, "picklist"_L1, 120, none, "-None-|FedEX|UPS|USPS|DHL|BlueDart"_L1},
    {"Sub_Total"_L1, "Sub Total"_L1, "currency"_L1, 16, "r"_L1, none},
    {"Tax"_L1, "Tax"_L1, "currency"_L1, 16, "r"_L1, none},
    {"Grand_Total"_L1, "Grand Total"_L1, "currency"_L1, 16, "r"_L1, none},
    {"Description"_L1, "Description"_L1, "textarea"_L1, 32000, none, none},
};

constexpr FieldRow notes[] = {
    {"Note_Title"_L1, "Note Title"_L1, "text"_L1, 120, none, none},
    {"Note_Content"_L1, "Note Content"_L1, "textarea"_L1, 65535, none, none},
    {"Parent_Id"_L1, "Parent ID"_L1, "lookup"_L1, 120, "m"_L1, "se_module"_L1},
};

constexpr RelatedRow ofContacts[] = {
    {"Notes"_L1, "Notes"_L1, "Notes"_L1, "Parent_Id"_L1, 'a'},
    {"Deals"_L1, "Deals"_L1, "Deals"_L1, "Contact_Name"_L1, 'a'},
    {"Tasks"_L1, "Open Tasks"_L1, "Tasks"_L1, "Who_Id"_L1, 'o'},
    {"Events"_L1, "Open Meetings"_L1, "Events"_L1, "Who_Id"_L1, 'o'},
    {"Calls"_L1, "Open Calls"_L1, "Calls"_L1, "Who_Id"_L1, 'o'},
    {"Tasks_History"_L1, "Closed Tasks"_L1, "Tasks"_L1, "Who_Id"_L1, 'c'},
    {"Events_History"_L1, "Closed Meetings"_L1, "Events"_L1, "Who_Id"_L1, 'c'},
    {"Calls_History"_L1, "Closed Calls"_L1, "Calls"_L1, "Who_Id"_L1, 'c'},
    {"Cases"_L1, "Cases"_L1, "Cases"_L1, "Related_To"_L1, 'a'},
    {"SalesOrders"_L1, "Sales Orders"_L1, "Sales_Orders"_L1, "Contact_Name"_L1, 'a'},
    {"Service_Contracts"_L1, "Service Contracts"_L1, "Service_Contracts"_L1, "Contact"_L1, 'a'},
};

constexpr RelatedRow ofAccounts[] = {
    {"Notes"_L1, "Notes"_L1, "Notes"_L1, "Parent_Id"_L1, 'a'},
    {"Contacts"_L1, "Contacts"_L1, "Contacts"_L1, "Account_Name"_L1, 'a'},
    {"Deals"_L1, "Deals"_L1, "Deals"_L1, "Account_Name"_L1, 'a'},
    {"Tasks"_L1, "Open Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'o'},
    {"Events"_L1, "Open Meetings"_L1, "Events"_L1, "What_Id"_L1, 'o'},
    {"Calls"_L1, "Open Calls"_L1, "Calls"_L1, "What_Id"_L1, 'o'},
    {"Tasks_History"_L1, "Closed Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'c'},
    {"Events_History"_L1, "Closed Meetings"_L1, "Events"_L1, "What_Id"_L1, 'c'},
    {"Calls_History"_L1, "Closed Calls"_L1, "Calls"_L1, "What_Id"_L1, 'c'},
    {"Service_Contracts"_L1, "Service Contracts"_L1, "Service_Contracts"_L1, "Account"_L1, 'a'},
    {"Cases"_L1, "Cases"_L1, "Cases"_L1, "Account_Name"_L1, 'a'},
    {"SalesOrders"_L1, "Sales Orders"_L1, "Sales_Orders"_L1, "Account_Name"_L1, 'a'},
};

constexpr RelatedRow activities[] = {
    {"Notes"_L1, "Notes"_L1, "Notes"_L1, "Parent_Id"_L1, 'a'},
    {"Tasks"_L1, "Open Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'o'},
    {"Events"_L1, "Open Meetings"_L1, "Events"_L1, "What_Id"_L1, 'o'},
    {"Calls"_L1, "Open Calls"_L1, "Calls"_L1, "What_Id"_L1, 'o'},
    {"Tasks_History"_L1, "Closed Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'c'},
    {"Events_History"_L1, "Closed Meetings"_L1, "Events"_L1, "What_Id"_L1, 'c'},
    {"Calls_History"_L1, "Closed Calls"_L1, "Calls"_L1, "What_Id"_L1, 'c'},
};

constexpr RelatedRow ofDeals[] = {
    {"Notes"_L1, "Notes"_L1, "Notes"_L1, "Parent_Id"_L1, 'a'},
    {"Tasks"_L1, "Open Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'o'},
    {"Calls"_L1, "Open Calls"_L1, "Calls"_L1, "What_Id"_L1, 'o'},
    {"Tasks_History"_L1, "Closed Tasks"_L1, "Tasks"_L1, "What_Id"_L1, 'c'},
    {"Calls_History"_L1, "Closed Calls"_L1, "Calls"_L1, "What_Id"_L1, 'c'},
    {"Cases"_L1, "Cases"_L1, "Cases"_L1, "Deal_Name"_L1, 'a'},
    {"SalesOrders"_L1, "Sales Orders"_L1, "Sales_Orders"_L1, "Deal_Name"_L1, 'a'},
};

constexpr RelatedRow notesOnly[] = {
    {"Notes"_L1, "Notes"_L1, "Notes"_L1, "Parent_Id"_L1, 'a'},
};

// Not one of Zoho's: what a company adds for itself.
constexpr FieldRow contracts[] = {
    {"Name"_L1, "Contract Name"_L1, "text"_L1, 120, "m"_L1, none},
    {"Contact"_L1, "Contact"_L1, "lookup"_L1, 120, "c"_L1, "Contacts"_L1},
    {"Account"_L1, "Account"_L1, "lookup"_L1, 120, "c"_L1, "Accounts"_L1},
    {"Site_Phone"_L1, "Site Phone"_L1, "phone"_L1, 30, "c"_L1, none},
    {"Email"_L1, "Email"_L1, "email"_L1, 100, "c"_L1, none},
    {"Contract_Status"_L1, "Contract Status"_L1, "picklist"_L1, 120, "c"_L1, "-None-|Active|Expired|Cancelled"_L1},
    {"Renewal_Date"_L1, "Renewal Date"_L1, "date"_L1, 20, "c"_L1, none},
    {"Yearly_Fee"_L1, "Yearly Fee"_L1, "currency"_L1, 16, "c"_L1, none},
};

constexpr ModuleRow table[] = {
    {"Leads"_L1, "Lead"_L1, "Leads"_L1, "Full_Name"_L1, leads, activities},
    {"Contacts"_L1, "Contact"_L1, "Contacts"_L1, "Full_Name"_L1, contacts, ofContacts},
    {"Accounts"_L1, "Account"_L1, "Accounts"_L1, "Account_Name"_L1, accounts, ofAccounts},
    {"Deals"_L1, "Deal"_L1, "Deals"_L1, "Deal_Name"_L1, deals, ofDeals},
    {"Tasks"_L1, "Task"_L1, "Tasks"_L1, "Subject"_L1, tasks, notesOnly},
    {"Events"_L1, "Meeting"_L1, "Meetings"_L1, "Event_Title"_L1, events, notesOnly},
    {"Calls"_L1, "Call"_L1, "Calls"_L1, "Subject"_L1, calls, notesOnly},
    {"Cases"_L1, "Case"_L1, "Cases"_L1, "Subject"_L1, cases, activities},
    {"Sales_Orders"_L1, "Sales Order"_L1, "Sales Orders"_L1, "Subject"_L1, salesOrders, notesOnly},
    {"Notes"_L1, "Note"_L1, "Notes"_L1, "Note_Title"_L1, notes, {}},
    {"Service_Contracts"_L1, "Service Contract"_L1, "Service Contracts"_L1, "Name"_L1, contracts, activities, true},
};

} // namespace

std::span<const ModuleRow> moduleRows()
{
    return table;
}

std::span<const FieldRow> commonRows()
{
    return common;
}

} // namespace ringside::sandbox
