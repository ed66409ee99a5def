// yuanyue catalog import | export
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/catalog_file.h"
#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/cli/read_state.h"
#include "backend/cli/touched.h"
#include "backend/log/json_text.h"
#include "core/catalog/save_catalog.h"
#include "core/domains/codec.h"

namespace yuanyue {

namespace {

struct CatalogOptions {
  std::string data;
  std::string file;
  bool preview = false;
};

template <class RowType>
void collect(const State& state, std::vector<RowType>& rows) {
  state.for_each<RowType>([&](const RowType& row) { rows.push_back(row); });
  std::ranges::sort(rows, {}, [](const RowType& row) { return row.id; });
}

int run_import(const CatalogOptions& options) {
  const auto text = read_text_file(options.file);
  if (!text) return refuse(text.error());
  auto catalog = read_catalog_file(*text);
  if (!catalog) return refuse(catalog.error());
  const auto touched =
      touched_by(DataFolder(options.data), [&](const State&) { return AnyCommand(*catalog); });
  if (!touched) return refuse(touched.error());
  print_touched(*touched);
  nlohmann::json result = nlohmann::json::object();
  if (!options.preview) {
    auto imported =
        call_operation(DataFolder(options.data), "catalog_import", {{"catalog", *text}});
    if (!imported) return refuse(imported.error());
    result = *std::move(imported);
  }
  if (!touched->empty()) result["touched"] = *touched;
  std::cout << json_text(result) << "\n";
  return exit_done;
}

int run_export(const CatalogOptions& options) {
  const auto state = read_state(DataFolder(options.data));
  if (!state) return refuse(state.error());
  SaveCatalog catalog;
  collect(*state, catalog.parks);
  collect(*state, catalog.halls);
  collect(*state, catalog.departments);
  collect(*state, catalog.services);
  auto file = nlohmann::json::parse(wire::encode(AnyCommand(catalog)), nullptr, false);
  file.erase("type");
  const auto written = write_text_file(options.file, json_text(file, 2) + "\n");
  return written ? exit_done : refuse(written.error());
}

}  // namespace

void add_catalog_commands(CLI::App& app, int& exit_code) {
  auto* catalog = app.add_subcommand("catalog", "Parks, halls, departments and services");
  catalog->require_subcommand(1);

  auto in = std::make_shared<CatalogOptions>();
  auto* import = catalog->add_subcommand(
      "import", "Add or replace what a JSON file describes; all of it or nothing");
  import->add_option("file", in->file, "As `catalog export` writes it")->required();
  import->add_flag("--preview", in->preview, "Only say whom it would touch");
  add_data_option(*import, in->data);
  import->callback([in, &exit_code] { exit_code = run_import(*in); });

  auto out = std::make_shared<CatalogOptions>();
  out->file = "-";
  auto* export_command =
      catalog->add_subcommand("export", "Write the catalog as a readable JSON file");
  export_command->add_option("file", out->file, "Where to; - is standard output")
      ->capture_default_str();
  add_data_option(*export_command, out->data);
  export_command->callback([out, &exit_code] { exit_code = run_export(*out); });
}

}  // namespace yuanyue
