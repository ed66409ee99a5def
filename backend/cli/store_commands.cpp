// yuanyue ledger verify, yuanyue backup: read the store while another process may serve.
#include <filesystem>
#include <iostream>
#include <memory>

#include "backend/cli/cli.h"
#include "backend/log/json_text.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite_reader.h"

namespace yuanyue {

namespace {

struct VerifyOptions {
  std::string data;
  bool as_json = false;
};

int run_verify(const VerifyOptions& options) {
  const DataFolder folder(options.data);
  if (!folder.has_store()) return refuse("There is no store in " + options.data + ".");
  try {
    SqliteReader reader(folder.store_path());
    const auto check = verify_ledger(reader);
    if (!check) return refuse("The ledger cannot be read: " + check.error().message + ".");
    const bool ok = check->first_bad == 0;
    if (options.as_json) {
      std::cout << json_text({{"ok", ok},
                              {"entries", check->entries},
                              {"last_hash", check->last_hash},
                              {"first_bad", check->first_bad},
                              {"problem", check->problem}})
                << "\n";
    } else if (ok) {
      std::cout << "The ledger is intact: " << check->entries << " entries, last hash "
                << check->last_hash << ".\n";
    } else {
      std::cout << "The ledger is broken at entry " << check->first_bad << ": " << check->problem
                << ".\n";
    }
    return ok ? exit_done : exit_refused;
  } catch (const SqliteError& error) {
    return refuse("The store cannot be opened: " + std::string(error.what()) + ".");
  }
}

struct BackupOptions {
  std::string data;
  std::string file;
};

int run_backup(const BackupOptions& options) {
  const DataFolder folder(options.data);
  if (!folder.has_store()) return refuse("There is no store in " + options.data + ".");
  if (std::filesystem::exists(options.file)) {
    return refuse("The file " + options.file + " exists already.");
  }
  try {
    SqliteConnection connection(folder.store_path(), SqliteAccess::read_only);
    SqliteStatement(connection, "VACUUM INTO ?1").bind(1, options.file).run();
    SqliteReader copy(options.file);
    const auto check = verify_ledger(copy);
    if (!check || check->first_bad != 0) return refuse("The copy's ledger does not verify.");
    std::cout << "Saved " << options.file << ", ledger of " << check->entries
              << " entries verified.\n";
    return exit_done;
  } catch (const SqliteError& error) {
    return refuse("The backup failed: " + std::string(error.what()) + ".");
  }
}

}  // namespace

void add_store_commands(CLI::App& app, int& exit_code) {
  auto* ledger = app.add_subcommand("ledger", "The hash-chained record of every decision");
  ledger->require_subcommand(1);
  auto verify = std::make_shared<VerifyOptions>();
  auto* verify_command =
      ledger->add_subcommand("verify", "Check the whole chain; exit code 1 when it is broken");
  verify_command->add_flag("--json", verify->as_json, "Print JSON");
  add_data_option(*verify_command, verify->data);
  verify_command->callback([verify, &exit_code] { exit_code = run_verify(*verify); });

  auto backup = std::make_shared<BackupOptions>();
  auto* backup_command =
      app.add_subcommand("backup", "Write a consistent copy of the store, also while serving");
  backup_command->add_option("file", backup->file, "New file")->required();
  add_data_option(*backup_command, backup->data);
  backup_command->callback([backup, &exit_code] { exit_code = run_backup(*backup); });
}

}  // namespace yuanyue
