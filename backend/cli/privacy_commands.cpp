// yuanyue privacy export | erase
#include <algorithm>
#include <iostream>
#include <memory>

#include <nlohmann/json.hpp>

#include "backend/admin/personal_details.h"
#include "backend/admin/socket_server.h"
#include "backend/auth/accounts.h"
#include "backend/cli/cli.h"
#include "backend/cli/read_state.h"
#include "backend/log/json_text.h"

namespace yuanyue {
namespace {

using nlohmann::json;

struct PrivacyOptions {
  std::string data;
  std::string whose;
  std::string file = "-";
  bool is_confirmed = false;
  bool as_json = false;
};

struct Details {
  DetailsOwner owner;
  json all;
};

std::expected<Details, std::string> read_details(const PrivacyOptions& options) {
  const DataFolder folder(options.data);
  const auto state = read_state(folder);
  if (!state) return std::unexpected(state.error());
  auto owner = find_owner(*state, options.whose);
  if (!owner) return std::unexpected(owner.error());
  auto all = details_of(folder, *state, *owner);
  if (!all) return std::unexpected(all.error());
  return Details{*std::move(owner), *std::move(all)};
}

int run_export(const PrivacyOptions& options) {
  auto details = read_details(options);
  if (!details) return refuse(details.error());
  details->all["exported_at"] = to_string(Instant{machine_time_ms()});
  if (auto written = write_text_file(options.file, json_text(details->all) + "\n"); !written) {
    return refuse(written.error());
  }
  if (options.file != "-") {
    std::cout << "Written to " << options.file << ": everything that is kept of "
              << details->owner.name << ".\n";
  }
  return exit_done;
}

std::size_t open_of(const json& rows, const char* type, std::initializer_list<const char*> open) {
  return static_cast<std::size_t>(std::ranges::count_if(rows, [&](const json& row) {
    return row.value("type", "") == type && std::ranges::any_of(open, [&](const char* status) {
             return row.value("status", "") == status;
           });
  }));
}

json counts_of(const Details& details) {
  const json& all = details.all;
  json goes;
  for (const char* list :
       {"rows", "archive", "accounts", "sessions", "sign_ins", "clients", "results", "failures"}) {
    goes[list] = all[list].size();
  }
  goes["notes"] = std::ranges::count_if(
      all["ledger"], [](const json& entry) { return !entry.value("note", "").empty(); });
  return {{"goes", goes},
          {"ends",
           {{"bookings", open_of(all["rows"], "booking", {"confirmed"})},
            {"waitlist_entries", open_of(all["rows"], "waitlist_entry", {"waiting", "offered"})},
            {"offers", open_of(all["rows"], "offer", {"open"})}}},
          {"stays", {{"ledger", all["ledger"].size()}, {"named_in", all["named_in"].size()}}}};
}

void tell_before(const Details& details, const json& counts, std::ostream& out) {
  const auto count = [&](const char* part, const char* name) {
    return std::to_string(counts[part][name].get<std::size_t>());
  };
  const DetailsOwner& owner = details.owner;
  out << (owner.owner.kind == &enterprise_owner ? "Enterprise " : "User ") << owner.name << " ("
      << to_string(owner.owner.id) << ")";
  if (owner.owner.kind == &enterprise_owner) {
    out << ", with its " << owner.accounts.size() << " accounts";
  }
  out << ".\nEnds first, and its seats go to who waits: " << count("ends", "bookings")
      << " bookings, " << count("ends", "waitlist_entries") << " waitlist entries, "
      << count("ends", "offers") << " offers.\nGoes for good: " << count("goes", "rows")
      << " rows, " << count("goes", "archive") << " archived rows, " << count("goes", "notes")
      << " notes of the ledger, " << count("goes", "accounts") << " passwords, "
      << count("goes", "sessions") << " sessions, " << count("goes", "sign_ins")
      << " lines of the sign-in log, " << count("goes", "clients") << " replicas, "
      << count("goes", "results") << " results.\nStays, without names: " << count("stays", "ledger")
      << " ledger entries and " << count("stays", "named_in")
      << " rows and entries of others that say only an id.\n"
      << "Every browser fetches its rows anew.\n";
}

bool confirms(const std::string& name, std::ostream& out) {
  out << "Type the name to erase it, which cannot be taken back: " << std::flush;
  std::string line;
  return std::getline(std::cin, line) && line == name;
}

void tell_after(const json& answer, const std::vector<std::string>& copies) {
  std::cout << "Erased.\n";
  if (!answer.value("swept", false)) {
    std::cout << "Traces may still stand in free pages of the store ("
              << answer.value("message", std::string())
              << "); the server takes them out as soon as it can.\n";
  }
  if (!copies.empty()) {
    std::cout << "These files may still hold it; delete them:\n";
    for (const std::string& copy : copies) std::cout << "  " << copy << "\n";
  }
  std::cout << "So may every backup, wherever it is. After a restore of one, erase again.\n";
}

int run_erase(const PrivacyOptions& options) {
  const auto details = read_details(options);
  if (!details) return refuse(details.error());
  const json counts = counts_of(*details);
  std::ostream& out = options.as_json ? std::cerr : std::cout;
  if (!options.is_confirmed || !options.as_json) tell_before(*details, counts, out);
  if (!options.is_confirmed && !confirms(details->owner.name, out)) {
    out << "\n";
    return refuse("Nothing was erased.");
  }
  const DataFolder folder(options.data);
  auto answer =
      call_operation(folder, "privacy_erase", {{"owner", to_string(details->owner.owner)}});
  if (!answer) return refuse(answer.error());
  const auto copies = kept_copies(folder);
  if (!options.as_json) {
    tell_after(*answer, copies);
    return exit_done;
  }
  (*answer)["counts"] = counts;
  (*answer)["kept_copies"] = copies;
  std::cout << json_text(*answer) << "\n";
  return exit_done;
}

CLI::App* add_command(CLI::App& privacy, const char* name, const char* description,
                      const std::shared_ptr<PrivacyOptions>& options) {
  auto* command = privacy.add_subcommand(name, description);
  command
      ->add_option("whose", options->whose,
                   "An enterprise's credit code or name, a user's sign-in name, or an id")
      ->required();
  add_data_option(*command, options->data);
  return command;
}

}  // namespace

void add_privacy_commands(CLI::App& app, int& exit_code) {
  auto* privacy = app.add_subcommand("privacy", "What is kept of an enterprise or a person");
  privacy->require_subcommand(1);

  auto told = std::make_shared<PrivacyOptions>();
  auto* tell = add_command(*privacy, "export", "Write everything that is kept of it as JSON", told);
  tell->add_option("--file", told->file, "Into this file; - is standard output")
      ->capture_default_str();
  tell->callback([told, &exit_code] { exit_code = run_export(*told); });

  auto erased = std::make_shared<PrivacyOptions>();
  auto* erase =
      add_command(*privacy, "erase",
                  "Erase all of it for good, after the name was typed; also while serving", erased);
  erase->add_flag("--yes", erased->is_confirmed, "Do not ask");
  erase->add_flag("--json", erased->as_json, "Print JSON");
  erase->callback([erased, &exit_code] { exit_code = run_erase(*erased); });
}

}  // namespace yuanyue
