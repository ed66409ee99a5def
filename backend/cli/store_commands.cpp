// yuanyue ledger verify, backup, restore.
#include <filesystem>
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/erased_since.h"
#include "backend/admin/restored_rights.h"
#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/log/json_text.h"
#include "backend/store/ledger_chain.h"
#include "backend/store/sqlite_backup.h"
#include "backend/store/sqlite_reader.h"
#include "core/base/time.h"

namespace yuanyue {

namespace {

struct VerifyOptions {
  std::string data;
  std::string hash;  // to be found
  bool as_json = false;
};

// A hash that somebody has printed: of which entry is it, or was it before notes left the chain?
int find_hash(StoreReader& reader, const VerifyOptions& options) {
  const auto number = reader.entry_of_hash(options.hash);
  if (!number) return refuse("The ledger cannot be read: " + number.error().message + ".");
  if (options.as_json) {
    std::cout << json_text({{"hash", options.hash}, {"entry", *number}}) << "\n";
  } else if (*number > 0) {
    std::cout << "It is the hash of entry " << *number << ".\n";
  }
  if (*number > 0) return exit_done;
  return options.as_json ? exit_refused : refuse("No entry has or had this hash.");
}

int run_verify(const VerifyOptions& options) {
  const DataFolder folder(options.data);
  if (!folder.has_store()) return refuse("There is no store in " + options.data + ".");
  try {
    SqliteReader reader(folder.store_path());
    if (!options.hash.empty()) return find_hash(reader, options);
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

struct CopyOptions {
  std::string data;
  std::string file;
  std::string rights = "replaced";  // of restore
  bool as_json = false;
};

nlohmann::json to_json(const StoreReport& report) {
  return {{"schema_version", report.schema_version},
          {"revision", report.head.revision},
          {"last_commit", to_string(Instant{report.head.now_ms})},
          {"ledger_entries", report.ledger_entries},
          {"ledger_hash", report.ledger_hash},
          {"rows", report.rows}};
}

std::string in_words(const StoreReport& report) {
  std::string rows;
  for (const auto& [kind, count] : report.rows) {
    rows += (rows.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
  }
  return "revision " + std::to_string(report.head.revision) + ", ledger of " +
         std::to_string(report.ledger_entries) + " entries intact, " +
         (rows.empty() ? "no rows" : rows);
}

// Whether the process that serves this folder says that other files stand under its store's names.
bool is_served_from_lost_files(const DataFolder& folder) {
  if (DataLock::take(folder)) return false;  // nobody serves it
  const auto status = call_operation(folder, "status", nlohmann::json::object());
  return status && status->value("reason", "") == name_of(StoreFault::replaced);
}

// Only the serving process can read what it has open.
std::expected<void, std::string> let_server_copy(const DataFolder& folder,
                                                 const std::string& file) {
  const auto copied =
      call_operation(folder, "copy_store", {{"file", std::filesystem::absolute(file).string()}});
  if (!copied) return std::unexpected(copied.error());
  return {};
}

int run_backup(const CopyOptions& options) {
  const DataFolder folder(options.data);
  const bool is_lost = is_served_from_lost_files(folder);
  if (!folder.has_store() && !is_lost) return refuse("There is no store in " + options.data + ".");
  if (std::filesystem::exists(options.file)) {
    return refuse("The file " + options.file + " exists already.");
  }
  const auto report =
      is_lost
          ? back_up_store([&](const std::string& file) { return let_server_copy(folder, file); },
                          options.file)
          : back_up_store(folder.store_path(), options.file);
  if (!report) return refuse("The backup failed: " + report.error() + ".");
  if (options.as_json) {
    nlohmann::json answer = to_json(*report);
    answer["file"] = options.file;
    answer["bytes"] = std::filesystem::file_size(options.file);
    std::cout << json_text(answer) << "\n";
  } else {
    std::cout << "Saved and checked " << options.file << ": " << in_words(*report) << ".\n";
  }
  return exit_done;
}

nlohmann::json to_json(const RightsDifference& rights, const std::string& of) {
  return {{"of", of},
          {"passwords_differ", rights.passwords},
          {"disabled_since", rights.disabled},
          {"enabled_since", rights.enabled},
          {"made_since", rights.made_since},
          {"unreadable", rights.unreadable}};
}

void tell_names(const std::string& sentence, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::cout << sentence;
  for (std::size_t i = 0; i < names.size(); ++i) std::cout << (i == 0 ? " " : ", ") << names[i];
  std::cout << ".\n";
}

void tell(const RightsDifference& rights, bool backup_rights) {
  if (!rights.unreadable.empty()) {
    std::cout << "Beware: what was there before cannot be read (" << rights.unreadable
              << "), so passwords are valid again that were replaced since the backup, and users "
                 "may sign in again who were disabled since. Look through them.\n";
  }
  if (backup_rights) {
    tell_names("Beware: replaced since the backup, and now the old password again:",
               rights.passwords);
    tell_names("Beware: disabled since the backup, and now enabled again:", rights.disabled);
    tell_names("Enabled since the backup, and now disabled again:", rights.enabled);
  } else {
    tell_names("Replaced since the backup, and kept as they are now, are the passwords of:",
               rights.passwords);
    tell_names("Disabled since the backup, and still so:", rights.disabled);
    tell_names("Enabled since the backup, and still so:", rights.enabled);
  }
  tell_names("Made since the backup, and gone:", rights.made_since);
}

nlohmann::json to_json(const ErasedSince& erased) {
  nlohmann::json owners = nlohmann::json::array();
  for (const auto& [owner, name] : erased.owners) {
    owners.push_back({{"owner", owner}, {"name", name}});
  }
  return {{"owners", owners}, {"unreadable", erased.unreadable}};
}

void tell(const ErasedSince& erased, const std::string& data) {
  if (!erased.unreadable.empty()) {
    std::cout << "Beware: nobody can say who was erased since the backup (" << erased.unreadable
              << "), and is back again with it. Look through what you were asked to erase.\n";
  }
  if (erased.owners.empty()) return;
  std::cout << "Beware: erased since the backup, and back again with it. Erase them again before "
               "you serve:\n";
  for (const auto& [owner, name] : erased.owners) {
    std::cout << "  yuanyue privacy erase " << owner << " --data " << data << "   # " << name
              << "\n";
  }
}

int run_restore(const CopyOptions& options) {
  const DataFolder folder(options.data);
  const auto lock = DataLock::take(folder);
  if (!lock) {
    return refuse(lock.error() == DataLock::Failure::held_by_another
                      ? "A process serves the data folder " + options.data + "; stop it first."
                      : "The data folder " + options.data + " cannot be used.");
  }
  RightsDifference rights;
  ErasedSince erased;
  const bool backup_rights = options.rights == "backup";
  const auto restored = restore_store(
      folder, options.file, [&](const std::string& incoming) -> std::expected<void, std::string> {
        if (!folder.has_store()) return {};
        auto settled = settle_rights(incoming, folder.store_path(),
                                     backup_rights ? RightsOf::backup : RightsOf::replaced);
        if (!settled) return std::unexpected(settled.error());
        rights = *std::move(settled);
        erased = erased_since(incoming, folder.store_path());
        return {};
      });
  if (!restored) {
    return refuse("The file " + options.file + " is not restored: " + restored.error() + ".");
  }
  if (options.as_json) {
    nlohmann::json answer = to_json(restored->report);
    answer["kept_in"] = restored->kept_in;
    answer["rights"] = to_json(rights, options.rights);
    answer["erased_since"] = to_json(erased);
    std::cout << json_text(answer) << "\n";
  } else {
    std::cout << "Restored " << options.file << ": " << in_words(restored->report) << ".\n";
    if (!restored->kept_in.empty()) {
      std::cout << "What was there before is kept in " << restored->kept_in << ".\n";
    }
    std::cout << "Everybody signs in again, and every replica fetches its rows anew.\n";
    tell(rights, backup_rights);
    tell(erased, options.data);
  }
  return exit_done;
}

CLI::App* add_copy_command(CLI::App& app, const char* name, const char* description,
                           const char* file, const std::shared_ptr<CopyOptions>& options) {
  auto* command = app.add_subcommand(name, description);
  command->add_option("file", options->file, file)->required();
  command->add_flag("--json", options->as_json, "Print JSON");
  add_data_option(*command, options->data);
  return command;
}

}  // namespace

void add_store_commands(CLI::App& app, int& exit_code) {
  auto* ledger = app.add_subcommand("ledger", "The hash-chained record of every decision");
  ledger->require_subcommand(1);
  auto verify = std::make_shared<VerifyOptions>();
  auto* verify_command =
      ledger->add_subcommand("verify", "Check the whole chain; exit code 1 when it is broken");
  verify_command->add_flag("--json", verify->as_json, "Print JSON");
  verify_command->add_option("--find", verify->hash,
                             "Only say which entry has this hash, or had it before schema 7");
  add_data_option(*verify_command, verify->data);
  verify_command->callback([verify, &exit_code] { exit_code = run_verify(*verify); });

  auto backup = std::make_shared<CopyOptions>();
  add_copy_command(app, "backup", "Write a checked copy of the store, also while serving",
                   "New file", backup)
      ->callback([backup, &exit_code] { exit_code = run_backup(*backup); });

  auto restore = std::make_shared<CopyOptions>();
  auto* restore_command = add_copy_command(
      app, "restore", "Put a backup in place of the store, which is kept aside; not while serving",
      "File that `backup` wrote", restore);
  restore_command
      ->add_option("--rights", restore->rights,
                   "Passwords and disabled users as in the store that is replaced, or as in the "
                   "backup")
      ->check(CLI::IsMember({"replaced", "backup"}))
      ->capture_default_str();
  restore_command->callback([restore, &exit_code] { exit_code = run_restore(*restore); });
}

}  // namespace yuanyue
