// yuanyue enterprise import FILE.csv
#include <iostream>
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

void print_remarks(const ImportOptions& options, const char* kind,
                   const std::vector<CsvRemark>& remarks) {
  for (const CsvRemark& remark : remarks) {
    std::cerr << options.file << ":" << remark.line << ": " << kind << ": " << remark.message
              << "\n";
  }
}

void print_accounts(const json& result) {
  const std::size_t created = result["created"].size();
  std::cout << created << " created, " << result["updated"].size() << " updated.\n";
  if (created == 0) return;
  std::cout << "First passwords, shown only now and to be changed at the first sign-in:\n";
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
  if (!options.as_json) {
    print_remarks(options, "warning", csv->warnings);
    print_remarks(options, "refused", csv->refused);
  }
  json result = {{"created", json::array()}, {"updated", json::array()}};
  if (csv->refused.empty() || !options.all_or_nothing) {
    auto imported =
        call_operation(DataFolder(options.data), "enterprise_import", to_json(csv->rows));
    if (!imported) return refuse(imported.error());
    result = std::move(*imported);
  }
  if (options.as_json) {
    result["warnings"] = remarks_json(csv->warnings);
    result["refused"] = remarks_json(csv->refused);
    std::cout << json_text(result) << "\n";
  } else {
    print_accounts(result);
  }
  return csv->refused.empty() ? exit_done : exit_refused;
}

}  // namespace

void add_enterprise_commands(CLI::App& app, int& exit_code) {
  auto* enterprise = app.add_subcommand("enterprise", "The park's enterprises");
  enterprise->require_subcommand(1);
  auto* import = enterprise->add_subcommand(
      "import",
      "Add or update enterprises from a CSV file with the columns name, credit_code, tags, "
      "contact; "
      "each new one gets an account. Malformed rows are refused with their line, the others are "
      "imported in one step.");
  auto options = std::make_shared<ImportOptions>();
  import->add_option("file", options->file, "CSV file, UTF-8, at most 4 MiB")->required();
  import->add_flag("--all-or-nothing", options->all_or_nothing,
                   "Import nothing when a row is malformed");
  import->add_flag("--json", options->as_json, "Print JSON");
  add_data_option(*import, options->data);
  import->callback([options, &exit_code] { exit_code = run_import(*options); });
}

}  // namespace yuanyue
