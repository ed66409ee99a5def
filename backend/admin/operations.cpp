#include "backend/admin/operations.h"

#include <sodium.h>

#include "backend/admin/enterprise_csv.h"
#include "backend/log/json_text.h"
#include "core/calendar/calendar_json.h"
#include "core/wire/codec.h"

namespace yuanyue {

namespace {

using nlohmann::json;

Uuid random_uuid() {
  Uuid id;
  randombytes_buf(&id.high, sizeof id.high);
  randombytes_buf(&id.low, sizeof id.low);
  return id;
}

std::string text_of(const json& input, const char* field) {
  const auto found = input.find(field);
  return found != input.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Runs `look` on the committed state and waits.
std::expected<void, std::string> look_at(ParkProcess& process,
                                         std::function<void(const State&)> look) {
  auto looked = process.engine().inspect(std::move(look));
  if (!looked) return std::unexpected("The server is busy or stopping; try again.");
  looked->get();
  return {};
}

AdminResult import_catalog(ParkProcess& process, const json& input) {
  const std::string text = text_of(input, "catalog");
  json file = json::parse(text, nullptr, false);
  if (!file.is_object()) return std::unexpected("The catalog is no JSON object.");
  file["type"] = "save_catalog";
  const auto command = wire::decode_command(json_text(file));
  if (!command) {
    return std::unexpected(
        "The catalog is refused: " + std::string(wire::to_string(command.error().code)) + " at " +
        command.error().path + ".");
  }
  const SaveCatalog& catalog = std::get<SaveCatalog>(*command);
  json counts = {{"parks", catalog.parks.size()},
                 {"halls", catalog.halls.size()},
                 {"departments", catalog.departments.size()},
                 {"services", catalog.services.size()}};
  ConsoleTask task;
  task.commands.push_back(*command);
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return counts;
}

AdminResult import_calendar(ParkProcess& process, const json& input) {
  const auto file = decode_calendar_file(text_of(input, "calendar"));
  if (!file) {
    return std::unexpected("The calendar is refused: " + std::string(file.error().code) + " at " +
                           file.error().path + ".");
  }
  ConsoleTask task;
  json years = json::array();
  for (const auto& [number, year] : file->years) {
    task.commands.emplace_back(ImportCalendarYear{year});
    years.push_back(number);
  }
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return json{{"years", years}};
}

// --- accounts
// --------------------------------------------------------------------------------------

std::expected<std::string, std::string> add_credential(ParkProcess& process, const UserId& user,
                                                       ConsoleTask& task) {
  std::string password = random_password();
  const auto hash = process.hasher().hash(password);
  if (!hash) return std::unexpected("The server is busy; try again.");
  task.credentials.push_back({to_string(user), *hash, true});
  return password;
}

AdminResult add_user(ParkProcess& process, const json& input) {
  User user;
  user.id = UserId(random_uuid());
  user.name = text_of(input, "name");
  user.display_name = text_of(input, "display_name");
  if (user.display_name.empty()) user.display_name = user.name;
  const auto role = wire::parse_role(text_of(input, "role"));
  if (!role) return std::unexpected("The role is member or administrator.");
  user.role = *role;
  const std::string credit_code = text_of(input, "credit_code");
  if (!credit_code.empty()) {
    bool found = false;
    const auto looked = look_at(process, [&](const State& state) {
      const auto enterprise = state.enterprise_by_credit_code(credit_code);
      found = enterprise.has_value();
      if (found) user.enterprise = *enterprise;
    });
    if (!looked) return std::unexpected(looked.error());
    if (!found) return std::unexpected("There is no enterprise " + credit_code + ".");
  }
  if (user.role == Role::member && !user.enterprise) {
    return std::unexpected("A member needs --enterprise with the enterprise's credit code.");
  }
  ConsoleTask task;
  task.commands.emplace_back(SaveUser{user});
  const auto password = add_credential(process, user.id, task);
  if (!password) return std::unexpected(password.error());
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return json{{"name", user.name}, {"password", *password}};
}

std::expected<User, std::string> find_user(ParkProcess& process, const json& input) {
  const std::string name = text_of(input, "name");
  const auto user = process.directory().user_signing_in(name);
  if (!user) return std::unexpected("There is no user " + name + ".");
  return *user;
}

AdminResult reset_password(ParkProcess& process, const json& input) {
  const auto user = find_user(process, input);
  if (!user) return std::unexpected(user.error());
  ConsoleTask task;
  const auto password = add_credential(process, user->id, task);
  if (!password) return std::unexpected(password.error());
  task.commands.emplace_back(SaveUser{*user});  // so that the ledger knows
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  process.sessions().end_all_of(user->id, {});
  process.guard().forgive(to_string(user->id));
  return json{{"name", user->name}, {"password", *password}};
}

AdminResult disable_user(ParkProcess& process, const json& input) {
  auto user = find_user(process, input);
  if (!user) return std::unexpected(user.error());
  user->disabled = true;
  ConsoleTask task;
  task.commands.emplace_back(SaveUser{*user});
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  process.sessions().end_all_of(user->id, {});
  return json{{"name", user->name}};
}

// --- enterprises
// -----------------------------------------------------------------------------------

struct KnownEnterprise {
  Enterprise row;
  bool exists = false;
};

AdminResult import_enterprises(ParkProcess& process, const json& input) {
  const auto rows = enterprise_rows_of(input);
  if (!rows) return std::unexpected("The rows are malformed.");
  std::vector<KnownEnterprise> enterprises;
  const auto looked = look_at(process, [&](const State& state) {
    for (const EnterpriseCsvRow& row : *rows) {
      KnownEnterprise known;
      if (const auto id = state.enterprise_by_credit_code(row.credit_code)) {
        known.row = *state.find(*id);
        known.exists = true;
      } else {
        known.row.id = EnterpriseId(random_uuid());
      }
      enterprises.push_back(std::move(known));
    }
  });
  if (!looked) return std::unexpected(looked.error());

  ConsoleTask task;
  json created = json::array();
  json updated = json::array();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const EnterpriseCsvRow& row = (*rows)[i];
    Enterprise& enterprise = enterprises[i].row;
    enterprise.name = row.name;
    enterprise.credit_code = row.credit_code;
    enterprise.key_project = row.key_project;
    enterprise.high_tech = row.high_tech;
    enterprise.contact = row.contact;
    task.commands.emplace_back(SaveEnterprise{enterprise});
    if (enterprises[i].exists) {
      updated.push_back({{"name", row.name}, {"credit_code", row.credit_code}});
      continue;
    }
    User user;
    user.id = UserId(random_uuid());
    for (const char c : row.credit_code) {
      user.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    user.display_name = row.name;
    user.enterprise = enterprise.id;
    const auto password = add_credential(process, user.id, task);
    if (!password) return std::unexpected(password.error());
    task.commands.emplace_back(SaveUser{user});
    created.push_back({{"name", row.name},
                       {"credit_code", row.credit_code},
                       {"user", user.name},
                       {"password", *password}});
  }
  if (task.commands.empty()) return json{{"created", created}, {"updated", updated}};
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return json{{"created", created}, {"updated", updated}};
}

// How the process that serves is doing, for `doctor`.
AdminResult tell_status(ParkProcess& process) {
  const EngineHealth health = process.engine().health();
  const ClockStatus clock = process.clock().status();
  return json{{"healthy", health.healthy},
              {"reason", health.healthy ? "" : name_of(health.fault)},
              {"message", health.healthy ? "" : health.message},
              {"clock", name_of(clock.state)},
              {"clock_ahead_ms", clock.ahead_ms},
              {"waiting_tasks", process.engine().waiting_tasks()}};
}

}  // namespace

AdminResult run_operation(ParkProcess& process, std::string_view name, const json& input) {
  if (name == "catalog_import") return import_catalog(process, input);
  if (name == "calendar_import") return import_calendar(process, input);
  if (name == "enterprise_import") return import_enterprises(process, input);
  if (name == "user_add") return add_user(process, input);
  if (name == "user_reset_password") return reset_password(process, input);
  if (name == "user_disable") return disable_user(process, input);
  if (name == "status") return tell_status(process);
  return std::unexpected("There is no operation " + std::string(name) + ".");
}

}  // namespace yuanyue
