#include "tools/render/render_letter.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "ledger/values/base64.h"
#include "tools/render/html_page.h"
#include "tools/render/page_columns.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/vocabulary.h"

namespace duebook {

const std::string_view kLetterStyle = R"(
@page { size: A4; margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
body { font-size: 9pt; }
header { display: flex; justify-content: space-between; align-items: flex-start; border-bottom: 1.5px solid #000; padding-bottom: 3mm; margin-bottom: 6mm; }
header img { max-height: 20mm; max-width: 70mm; }
header div { text-align: right; }
header .name { font-size: 12pt; font-weight: bold; }
address { font-style: normal; margin-bottom: 6mm; }
h1 { margin-bottom: 0.5em; }
h2 { margin-top: 0.8em; }
table { margin-bottom: 0.8em; }
section { break-inside: auto; }
h2 { break-after: avoid; }
table.wide { font-size: 7pt; }
td { min-width: 0; }
section > table { width: 100%; }
)";

namespace {

// Name, address, and how to reach the company, line by line.
std::vector<std::string> Letterhead(const Letter& letter) {
  const Company& company = letter.company;
  std::vector<std::string> lines{company.name};
  for (std::string& line : LinesOf(company.address)) lines.push_back(std::move(line));
  for (const auto& [word, text] : {std::pair("Registration no.", &company.registration),
                                   std::pair("Telephone", &company.phone), std::pair("Email", &company.email)}) {
    if (!text->empty()) lines.push_back(fmt::format("{} {}", Word(word, letter.language), *text));
  }
  return lines;
}

// The lines with breaks between them.
std::string HtmlLines(const std::vector<std::string>& lines) {
  std::string html;
  for (const std::string& line : lines) {
    if (!html.empty()) html += "<br>\n";
    html += HtmlText(ShownText(line));
  }
  return html;
}

std::string LetterheadAsHtml(const Letter& letter, std::string_view logo) {
  std::vector<std::string> lines = Letterhead(letter);
  const std::string name = lines.front();
  lines.erase(lines.begin());
  const std::string picture =
      logo.empty() ? "<span></span>"
                   : fmt::format("<img alt=\"\" src=\"data:{};base64,{}\">", PictureTypeOf(logo), ToBase64(logo));
  return fmt::format("<header>{}\n<div><span class=\"name\">{}</span><br>\n{}</div></header>\n", picture,
                     HtmlText(ShownText(name)), HtmlLines(lines));
}

std::string ParticularsAsHtml(const Letter& letter) {
  std::string html = "<table class=\"pairs\">\n";
  for (const auto& [name, cell] : letter.particulars) {
    html += fmt::format("<tr><th>{}</th><td>{}</td></tr>\n", HtmlText(Word(name, letter.language)),
                        HtmlText(ShownCell(cell, letter.language)));
  }
  return html + "</table>\n";
}

void AppendLines(const std::vector<std::string>& lines, std::string* text) {
  for (const std::string& line : lines) *text += ShownText(line) + '\n';
}

}  // namespace

std::string_view PictureTypeOf(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
  return "";
}

std::string LetterAsText(const Letter& letter) {
  std::string text;
  AppendLines(Letterhead(letter), &text);
  text += '\n';
  AppendLines(letter.recipient, &text);
  text += fmt::format("\n{}\n\n", Word(letter.title, letter.language));
  Report in_its_language;
  in_its_language.language = letter.language;
  text += RenderPairs(letter.particulars, in_its_language);
  for (const LetterPart& part : letter.parts) {
    text += fmt::format("\n{}\n\n", Word(part.heading, letter.language));
    if (!part.table.has_value()) {
      AppendLines(part.lines, &text);
    } else if (part.table->rows.empty()) {
      text += Word("nothing to show", letter.language) + '\n';
    } else {
      text += RenderRows(*part.table);
    }
  }
  return text;
}

std::string LetterAsHtml(const Letter& letter, std::string_view logo) {
  const std::string title = Word(letter.title, letter.language);
  std::string body = LetterheadAsHtml(letter, logo);
  body += fmt::format("<address>{}</address>\n<h1>{}</h1>\n{}", HtmlLines(letter.recipient), HtmlText(title),
                      ParticularsAsHtml(letter));
  for (const LetterPart& part : letter.parts) {
    body += fmt::format("<section>\n<h2>{}</h2>\n{}</section>\n", HtmlText(Word(part.heading, letter.language)),
                        part.table.has_value() ? HtmlTable(*part.table, kLetterSheet)
                                               : fmt::format("<p>{}</p>\n", HtmlLines(part.lines)));
  }
  const std::string window = fmt::format("{}: {}", ShownText(letter.company.name), title);
  return HtmlDocument(window, letter.language, fmt::format("{}{}", kPageStyle, kLetterStyle), body);
}

}  // namespace duebook
