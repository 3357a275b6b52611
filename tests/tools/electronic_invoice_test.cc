// What e-invoices say, and the events that they become. Whole ones are in scenarios/commands/import_invoice.test.

#include "tools/import/invoice/electronic_invoice.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "ledger/values/hash.h"
#include "tests/support/temporary_folder.h"
#include "tools/import/invoice/invoice_event.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kUbl = R"(<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">
<ID>R-1</ID>
<IssueDate>2025-03-03</IssueDate>
<InvoiceTypeCode>380</InvoiceTypeCode>
<DocumentCurrencyCode>EUR</DocumentCurrencyCode>
<AccountingSupplierParty><Party><PartyTaxScheme><CompanyID>DE123456789</CompanyID></PartyTaxScheme></Party></AccountingSupplierParty>
<AccountingCustomerParty><Party>
<PartyIdentification><ID>C-1</ID></PartyIdentification>
<PartyTaxScheme><CompanyID>SE1</CompanyID></PartyTaxScheme>
</Party></AccountingCustomerParty>
<TaxTotal><TaxAmount currencyID="EUR">19.00</TaxAmount></TaxTotal>
<LegalMonetaryTotal><TaxInclusiveAmount currencyID="EUR">119.00</TaxInclusiveAmount></LegalMonetaryTotal>
</Invoice>)";

class ElectronicInvoiceTest : public testing::Test {
 protected:
  // The event's fields as NAME=VALUE, and its remark in parentheses; or "LINE TERM: why there is none"; or why the file
  // cannot be read.
  std::string Told(const std::string& xml, const CustomerNames& names = {}) {
    const auto invoice = ReadElectronicInvoice(folder_.Write("invoice.xml", xml), "");
    if (!invoice.ok()) {
      const std::string shown = invoice.error().ToString();
      return shown.substr(std::min(shown.rfind("invoice.xml"), shown.size()));
    }
    const auto read = EventOf(*invoice, names);
    if (const auto* fault = std::get_if<InvoiceFault>(&read)) {
      return fmt::format("{} {}: {}", fault->line, fault->rejection.field, fault->rejection.sentence);
    }
    const auto& event = std::get<InvoiceEvent>(read);
    std::string told;
    for (const auto& [name, value] : event.fields) {
      if (!value.empty()) told += fmt::format("{}{}={}", told.empty() ? "" : " ", name, value);
    }
    return event.remark.empty() ? told : fmt::format("{} ({})", told, event.remark);
  }

  // The invoice above with each FROM replaced by TO.
  static std::string With(std::initializer_list<std::pair<std::string_view, std::string_view>> changes) {
    std::string xml = kUbl;
    for (const auto& [from, to] : changes) {
      const size_t place = xml.find(from);
      CHECK(place != std::string::npos);
      xml.replace(place, from.size(), to);
    }
    return xml;
  }

  TemporaryFolder folder_;
};

TEST_F(ElectronicInvoiceTest, IsTheSameEventEachTime) {
  const std::string id = "einv-" + ToHex(Sha256("11:DE123456789,3:R-1,3:380,")).substr(0, 32);
  EXPECT_EQ(Told(kUbl),
            "type=InvoiceIssued id=" + id + " date=2025-03-03 customer=C-1 currency=EUR invoice=R-1 amount=119 tax=19");
  EXPECT_THAT(Told(With({{"C-1", "C-2"}, {"119.00", "120"}})), HasSubstr("id=" + id)) << "other content is a conflict";
  for (const auto& change :
       {std::pair("R-1", "R-2"), std::pair(">380", ">389"), std::pair("DE123456789", "DE12345678")}) {
    EXPECT_THAT(Told(With({change})), testing::Not(HasSubstr(id))) << change.second;
  }
}

TEST_F(ElectronicInvoiceTest, BecomesWhatItsTypeSays) {
  for (const char* type : {"380", "384", "389", "326"}) {
    EXPECT_THAT(Told(With({{"380", type}})), StartsWith("type=InvoiceIssued ")) << type;
  }
  for (const char* type : {"381", "396"}) {
    EXPECT_THAT(Told(With({{"380", type}})), StartsWith("type=CreditNoteIssued ")) << type;
  }
  EXPECT_EQ(Told(With({{"380", "71"}})),
            "4 BT-3: the type (BT-3) is \"71\"; invoices of the types 326, 380, 384, 389 are read, and credit notes of "
            "381, 396");
  const std::string credit_note = With({{"<Invoice ", "<CreditNote "},
                                        {"Invoice-2", "CreditNote-2"},
                                        {"</Invoice>", "</CreditNote>"},
                                        {"<InvoiceTypeCode>380</InvoiceTypeCode>", ""}});
  EXPECT_THAT(Told(credit_note), StartsWith("type=CreditNoteIssued "));
  EXPECT_THAT(Told(credit_note), HasSubstr(ToHex(Sha256("11:DE123456789,3:R-1,3:381,")).substr(0, 32)));
}

TEST_F(ElectronicInvoiceTest, WithATotalBelowZeroIsACreditNote) {
  EXPECT_THAT(
      Told(With({{"119.00", "-119.00"}, {"19.00", "-19.00"}})),
      HasSubstr("credit_note=R-1 amount=119 tax=19 (the total with tax (BT-112) is -119.00: it is recorded as a credit "
                "note of 119.00)"));
}

TEST_F(ElectronicInvoiceTest, BuyersAreNamedByTheirIdentifierUnlessAFileSaysOtherwise) {
  const std::string without_id = With({{"<PartyIdentification><ID>C-1</ID></PartyIdentification>", ""}});
  EXPECT_THAT(Told(kUbl, {{"C-2", "x"}}), HasSubstr("customer=C-1"));
  EXPECT_THAT(Told(kUbl, {{"SE1", "C-7"}}), HasSubstr("customer=C-7"));
  EXPECT_THAT(Told(kUbl, {{"SE1", "C-7"}, {"C-1", "C-8"}}), HasSubstr("customer=C-8"));
  EXPECT_THAT(Told(without_id), HasSubstr("customer=SE1"));
  const std::string name = "<PartyLegalEntity><RegistrationName>Lind AB</RegistrationName></PartyLegalEntity>";
  const std::string name_alone = With({{"<PartyIdentification><ID>C-1</ID></PartyIdentification>", ""},
                                       {"<PartyTaxScheme><CompanyID>SE1</CompanyID></PartyTaxScheme>", name}});
  EXPECT_THAT(Told(name_alone), StartsWith("9 BT-46: the buyer \"Lind AB\" has no identifier (BT-46 or BT-48)"));
  EXPECT_THAT(Told(name_alone, {{"Lind AB", "C-9"}}), HasSubstr("customer=C-9"));
}

TEST_F(ElectronicInvoiceTest, TaxIsThatInItsOwnCurrency) {
  const std::string sek = "<TaxTotal><TaxAmount currencyID=\"SEK\">215.65</TaxAmount></TaxTotal>";
  EXPECT_THAT(Told(With({{"<TaxTotal>", sek + "<TaxTotal>"}})), HasSubstr("tax=19"));
  EXPECT_THAT(Told(With({{"currencyID=\"EUR\">19.00", "currencyID=\"SEK\">215.65"}})), testing::Not(HasSubstr("tax")));
  EXPECT_EQ(
      Told(With({{"</TaxTotal>", "</TaxTotal>\n<TaxTotal><TaxAmount currencyID=\"EUR\">7</TaxAmount></TaxTotal>"}})),
      "12 BT-110: the tax (BT-110) is there twice in EUR: \"19.00\" in line 11, \"7\" here");
}

TEST_F(ElectronicInvoiceTest, IsDueAsItSays) {
  EXPECT_THAT(Told(With({{"<InvoiceTypeCode>", "<DueDate>2025-04-02</DueDate><InvoiceTypeCode>"}})),
              HasSubstr("due=2025-04-02"));
  const std::string means = "<PaymentMeans><PaymentDueDate>2025-04-03</PaymentDueDate></PaymentMeans>";
  EXPECT_THAT(Told(With({{"<TaxTotal>", means + means + "<TaxTotal>"}})), HasSubstr("due=2025-04-03"));
}

TEST_F(ElectronicInvoiceTest, WhatIsToBePaidIsComparedWithTheTotal) {
  const auto payable = [](const char* amount) {
    return With(
        {{"</LegalMonetaryTotal>", fmt::format("<PayableAmount>{}</PayableAmount></LegalMonetaryTotal>", amount)}});
  };
  EXPECT_THAT(Told(payable("119")), testing::Not(HasSubstr("(")));
  EXPECT_THAT(
      Told(payable("69.00")),
      HasSubstr("amount=119 tax=19 (the amount to be paid (BT-115) is 69.00, and the total with tax (BT-112) is "
                "119.00, which counts: what was paid before, if that is why, has to come as a payment)"));
}

// What is rounded off is not owed, and what was paid before is.
TEST_F(ElectronicInvoiceTest, WhatIsOwedIsTheTotalAsItIsRounded) {
  const auto totals = [](std::string_view rounding, std::string_view payable) {
    return With({{"</LegalMonetaryTotal>",
                  fmt::format("<PayableRoundingAmount currencyID=\"EUR\">{}</PayableRoundingAmount><PayableAmount>{}"
                              "</PayableAmount></LegalMonetaryTotal>",
                              rounding, payable)}});
  };
  EXPECT_THAT(Told(totals("0.05", "119.05")), testing::EndsWith(" amount=119.05 tax=19"));
  EXPECT_THAT(
      Told(totals("-0.05", "100.00")),
      HasSubstr("amount=118.95 tax=19 (the amount to be paid (BT-115) is 100.00, and the total with tax (BT-112) "
                "is 119.00 with the rounding (BT-114) of -0.05, which counts: "));
  EXPECT_THAT(Told(totals("x", "119")), StartsWith("12 BT-114: the rounding (BT-114) is \"x\", not an amount"));
}

TEST_F(ElectronicInvoiceTest, ACreditOfWhatCanBeNoInvoiceHereIsAllocatedToNone) {
  const auto crediting = [](const std::string& numbers) {
    return With({{"380", "381"}, {"<TaxTotal>", numbers + "<TaxTotal>"}});
  };
  const auto reference = [](const std::string& number) {
    return "<BillingReference><InvoiceDocumentReference><ID>" + number +
           "</ID></InvoiceDocumentReference></BillingReference>";
  };
  EXPECT_THAT(Told(crediting(reference(std::string(64, 'x')))), HasSubstr("invoice=xxx"));
  EXPECT_THAT(
      Told(crediting(reference(std::string(65, 'x')))),
      testing::AllOf(HasSubstr("reason=credits xxx"),
                     HasSubstr("(it credits an invoice whose number is longer than 64 bytes: the credit note is "
                               "not allocated to an invoice)")));
  EXPECT_THAT(Told(crediting(reference(std::string(4000, 'x')) + reference(std::string(4000, 'y')))),
              HasSubstr("reason=credits 2 invoices with long numbers "));
}

TEST_F(ElectronicInvoiceTest, OfAnotherStandardIsToldWithItsNamespace) {
  EXPECT_EQ(Told("<Invoice><ID>R-1</ID></Invoice>"),
            "invoice.xml:1: \"Invoice\" without a namespace is no e-invoice that is read; that of UBL 2.1 is "
            "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2");
  EXPECT_THAT(Told(With({{"Invoice-2", "Invoice-3"}})),
              StartsWith("invoice.xml:1: \"Invoice\" of the namespace "
                         "\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-3\" is no e-invoice that is read"));
  EXPECT_THAT(Told("<a:CrossIndustryInvoice xmlns='urn:b' xmlns:a='urn:a'/>"),
              HasSubstr("\"CrossIndustryInvoice\" of the namespace \"urn:a\""));
}

TEST_F(ElectronicInvoiceTest, FaultsAreToldWithTheirTermAndLine) {
  EXPECT_EQ(Told(With({{"<ID>R-1</ID>", ""}})), "1 BT-1: the number (BT-1) is missing");
  EXPECT_EQ(Told(With({{"<ID>R-1</ID>", "<ID> </ID>"}})), "1 BT-1: the number (BT-1) is missing");
  EXPECT_EQ(Told(With({{"<IssueDate>", "<ID>R-2</ID><IssueDate>"}})),
            "3 BT-1: the number (BT-1) is there twice: \"R-1\" in line 2, \"R-2\" here");
  EXPECT_EQ(Told(With({{"2025-03-03", "2025-02-29"}})),
            "3 BT-2: the date (BT-2) is \"2025-02-29\", not a date of the form YYYY-MM-DD");
  EXPECT_EQ(Told(With({{"119.00", "1.119,00"}})),
            "12 BT-112: the total with tax (BT-112) is \"1.119,00\", not an amount with a point before its decimals");
  EXPECT_EQ(Told(With({{"\"EUR\">119", "\"SEK\">119"}})),
            "12 BT-112: the total with tax (BT-112) is in \"SEK\", the invoice in \"EUR\"");
  EXPECT_THAT(Told(With({{"DE123456789", ""}})), StartsWith("1 BT-27: the seller is not named"));
}

TEST_F(ElectronicInvoiceTest, IsFoundInCiiByItsPathsAndForms) {
  const std::string cii =
      R"(<r:CrossIndustryInvoice xmlns:r="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">
<ExchangedDocument><ID>R-1</ID><TypeCode>380</TypeCode><IssueDateTime><DateTimeString format="102">20250303</DateTimeString></IssueDateTime></ExchangedDocument>
<SupplyChainTradeTransaction>
<IncludedSupplyChainTradeLineItem><AssociatedDocumentLineDocument><LineID>1</LineID></AssociatedDocumentLineDocument></IncludedSupplyChainTradeLineItem>
<ApplicableHeaderTradeAgreement>
<SellerTradeParty><SpecifiedTaxRegistration><ID schemeID="FC">1/2</ID></SpecifiedTaxRegistration><SpecifiedTaxRegistration><ID schemeID="VA">DE123456789</ID></SpecifiedTaxRegistration></SellerTradeParty>
<BuyerTradeParty><GlobalID schemeID="0088">C-1</GlobalID></BuyerTradeParty>
</ApplicableHeaderTradeAgreement>
<ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>
<SpecifiedTradePaymentTerms><DueDateDateTime><DateTimeString format="102">20250402</DateTimeString></DueDateDateTime></SpecifiedTradePaymentTerms>
<SpecifiedTradeSettlementHeaderMonetarySummation><TaxTotalAmount currencyID="EUR">19.00</TaxTotalAmount><GrandTotalAmount>119.00</GrandTotalAmount></SpecifiedTradeSettlementHeaderMonetarySummation>
</ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></r:CrossIndustryInvoice>)";
  EXPECT_EQ(Told(cii), Told(With({{"<InvoiceTypeCode>", "<DueDate>2025-04-02</DueDate><InvoiceTypeCode>"}})))
      << "the same invoice is the same event in either form";
  std::string other_form = cii;
  other_form.replace(other_form.find("\"102\">20250303"), 14, "\"610\">202503");
  EXPECT_THAT(Told(other_form), StartsWith("2 BT-2: the date (BT-2) is \"202503\", not a date of the form YYYYMMDD"));
}

TEST_F(ElectronicInvoiceTest, WhateverIsAttachedOnlyTheTermsAreKept) {
  const std::string attached = "<AdditionalDocumentReference><ID>x</ID><Attachment>" + std::string(5'000'000, 'x') +
                               "</Attachment></AdditionalDocumentReference>";
  EXPECT_EQ(Told(With({{"<AccountingSupplierParty>", attached + "<AccountingSupplierParty>"}})), Told(kUbl));
}

TEST_F(ElectronicInvoiceTest, FilesThatAreNoneAreToldWithTheLine) {
  EXPECT_EQ(Told("<a/>"),
            "invoice.xml:1: \"a\" is no e-invoice that is read; those are Invoice and CreditNote of UBL 2.1, and "
            "CrossIndustryInvoice of CII D16B");
  const std::string begin = With({}).substr(0, With({}).find('\n') + 1);
  EXPECT_THAT(Told("%PDF-1.7"), StartsWith("invoice.xml is a PDF; a Factur-X or ZUGFeRD invoice has its XML attached"));
  EXPECT_THAT(Told("PK\x03\x04"), StartsWith("invoice.xml looks like a workbook (XLSX) or another ZIP archive"));
  EXPECT_THAT(Told(begin + "<ID>"), StartsWith("invoice.xml:2: the XML ends amid an element"));
  EXPECT_THAT(Told("\n<!DOCTYPE a []><Invoice/>"), StartsWith("invoice.xml:2: the XML has a document type"));
  EXPECT_THAT(Told(begin + "<ID>" + std::string(5000, 'x') + "</ID></Invoice>"),
              StartsWith("invoice.xml:2: the number (BT-1) is longer than 4096 bytes"));
  std::string many = begin.substr(0, begin.size() - 1);
  for (int i = 0; i < 101; i++) many += "\n<ID>x</ID>";
  EXPECT_THAT(Told(many + "</Invoice>"), StartsWith("invoice.xml:102: the number (BT-1) is there more than 100 times"));
}

}  // namespace
}  // namespace duebook
