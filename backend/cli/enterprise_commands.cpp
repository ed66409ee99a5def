// yuanyue enterprise import FILE.csv
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/enterprise_csv.h"
#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/log/json_text.h"

namespace yuanyue {

namespace {

using nlohmann::json;

struct ImportOptions {
  std::string data;
  std::string file;
  bool all_or_nothing = false;
  bool as_json = false;
};

json remarks_json(const std::vector<CsvRemark>& remarks) {
  json list = json::array();
  for (const CsvRemark& remark : remarks) {
    list.push_back({{"line", remark.line}, {"message", remark.message}});
  }
  return list;
}

json by_line(const json& remarks, const json& more) {
  std::multimap<std::size_t, json> ordered;
  for (const json* list : {&remarks, &more}) {
    for (const json& remark : *list) ordered.emplace(remark["line"].get<std::size_t>(), remark);
  }
  json list = json::array();
  for (const auto& [line, remark] : ordered) list.push_back(remark);
  return list;
}

void print_remarks(const ImportOptions& options, const char* kind, const json& remarks) {
  for (const json& remark : remarks) {
    std::cerr << options.file << ":" << remark["line"] << ": " << kind << ": "
              << remark["message"].get<std::string>() << "\n";
  }
}

void print_accounts(const json& result) {
  const std::size_t created = result["created"].size();
  std::cout << created << " created, " << result["updated"].size() << " updated.\n";
  if (created == 0) return;
  std::cout << "First passwords, to be changed at the first sign-in. They are also in "
            << result["passwords_file"].get<std::string>()
            << ", which only you can read: delete it when they are handed out.\n";
  for (const json& account : result["created"]) {
    std::cout << "  " << account["user"].get<std::string>() << "  "
              << account["password"].get<std::string>() << "  "
              << account["name"].get<std::string>() << "\n";
  }
}

int run_import(const ImportOptions& options) {
  const auto text = read_text_file(options.file);
  if (!text) return refuse(text.error());
  const auto csv = read_enterprise_csv(*text);
  if (!csv) return refuse(csv.error());
  json result = {{"created", json::array()}, {"updated", json::array()}};
  result["refused"] = remarks_json(csv->refused);
  if (csv->refused.empty() || !options.all_or_nothing) {
    json input = to_json(csv->rows);
    input["all_or_nothing"] = options.all_or_nothing;
    auto imported = call_operation(DataFolder(options.data), "enterprise_import", input);
    if (!imported) return refuse(imported.error());
    (*imported)["refused"] = by_line(result["refused"], (*imported)["refused"]);
    result = std::move(*imported);
  }
  result["warnings"] = remarks_json(csv->warnings);
  if (options.as_json) {
    std::cout << json_text(result) << "\n";
  } else {
    print_remarks(options, "warning", result["warnings"]);
    print_remarks(options, "refused", result["refused"]);
    print_accounts(result);
  }
  return result["refused"].empty() ? exit_done : exit_refused;
}

}  // namespace

void add_enterprise_commands(CLI::App& app, int& exit_code) {
  auto* enterprise = app.add_subcommand("enterprise", "The park's enterprises");
  enterprise->require_subcommand(1);
  auto* import = enterprise->add_subcommand(
      "import",
      "Add or update enterprises from a CSV file with the columns name, credit_code, tags, "
      "contact; "
      "each new one gets an account. Rows that cannot be taken are refused with their line, the "
      "others are imported in one step.");
  auto options = std::make_shared<ImportOptions>();
  import->add_option("file", options->file, "CSV file, UTF-8, at most 4 MiB")->required();
  import->add_flag("--all-or-nothing", options->all_or_nothing,
                   "Import nothing when a row is refused");
  import->add_flag("--json", options->as_json, "Print JSON");
  add_data_option(*import, options->data);
  import->callback([options, &exit_code] { exit_code = run_import(*options); });
}

}  // namespace yuanyue
