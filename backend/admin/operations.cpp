#include "backend/admin/operations.h"

#include <sodium.h>

#include "backend/admin/calendar_import.h"
#include "backend/admin/catalog_file.h"
#include "backend/admin/operation_parts.h"
#include "backend/log/json_text.h"
#include "core/base/visible_text.h"
#include "core/domains/codec.h"
#include "core/people/accounts.h"
#include "core/people/save_user.h"

namespace yuanyue {

using nlohmann::json;

std::string text_of(const json& input, const char* field) {
  const auto found = input.find(field);
  return found != input.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::expected<void, std::string> look_at(ParkProcess& process,
                                         std::function<void(const State&)> look) {
  auto looked = process.engine().inspect(std::move(look));
  if (!looked) return std::unexpected("The server is busy or stopping; try again.");
  try {
    looked->get();
  } catch (const std::future_error&) {
    return std::unexpected("The server is reading its store anew; try again.");
  }
  return {};
}

Uuid new_id(ParkProcess& process) {
  Uuid random;
  randombytes_buf(&random.high, sizeof random.high);
  randombytes_buf(&random.low, sizeof random.low);
  return time_ordered(random, process.clock().now().ms);
}

std::expected<std::string, std::string> add_credential(ParkProcess& process, const UserId& user,
                                                       ConsoleTask& task) {
  std::string password = random_password();
  const auto hash = process.hasher().hash(password);
  if (!hash) return std::unexpected("The server is busy; try again.");
  task.credentials.push_back({to_string(user), *hash, true});
  return password;
}

namespace {

AdminResult import_catalog(ParkProcess& process, const json& input) {
  auto catalog = read_catalog_file(text_of(input, "catalog"));
  if (!catalog) return std::unexpected(catalog.error());
  json counts = {{"parks", catalog->parks.size()},
                 {"halls", catalog->halls.size()},
                 {"departments", catalog->departments.size()},
                 {"services", catalog->services.size()}};
  ConsoleTask task;
  task.commands.emplace_back(*std::move(catalog));
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return counts;
}

// --- accounts ----------------------------------------------------------------------------------

AdminResult add_user(ParkProcess& process, const json& input) {
  User user;
  user.id = UserId(new_id(process));
  user.name = text_of(input, "name");
  user.display_name = trimmed(text_of(input, "display_name"));
  if (user.display_name.empty()) user.display_name = user.name;
  const auto role = role_named(text_of(input, "role"));
  if (!role) return std::unexpected("There is no role " + text_of(input, "role") + ".");
  user.role = *role;
  const std::string credit_code = ascii_upper(half_width(trimmed(text_of(input, "credit_code"))));
  if (!credit_code.empty()) {
    bool found = false;
    const auto looked = look_at(process, [&](const State& state) {
      const auto enterprise = enterprise_by_credit_code(state, credit_code);
      found = enterprise.has_value();
      if (found) user.enterprise = *enterprise;
    });
    if (!looked) return std::unexpected(looked.error());
    if (!found) return std::unexpected("There is no enterprise " + credit_code + ".");
  }
  if (type_of(user.role).belonging.answer == Belonging::to_an_enterprise && !user.enterprise) {
    return std::unexpected(
        "An account of this role needs --enterprise with the enterprise's credit code.");
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

// Somebody else may change the row meanwhile, so it goes with the command as it was seen.
SaveUser saved_as_seen(const User& seen) {
  SaveUser command{seen, seen};
  command.user.display_name = cleaned(seen.display_name, TextKind::name);
  // A name of before hidden characters were refused does not stand in the way; no command holds it.
  if (command.user != seen) command.seen.reset();
  return command;
}

std::expected<User, std::string> find_user(ParkProcess& process, const json& input) {
  const std::string name = text_of(input, "name");
  auto user = process.directory().user_signing_in(trimmed(name));
  if (!user) return std::unexpected("There is no user " + name + ".");
  return *std::move(user);
}

AdminResult reset_password(ParkProcess& process, const json& input) {
  const auto user = find_user(process, input);
  if (!user) return std::unexpected(user.error());
  if (user->disabled) {
    return std::unexpected("The user " + user->name +
                           " is disabled, so no password would help; `yuanyue user enable " +
                           user->name + "` lets it sign in again.");
  }
  ConsoleTask task;
  const auto password = add_credential(process, user->id, task);
  if (!password) return std::unexpected(password.error());
  task.commands.emplace_back(saved_as_seen(*user));  // so that the ledger knows
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  process.guard().forgive(to_string(user->id));
  return json{{"name", user->name}, {"password", *password}};
}

AdminResult disable_user(ParkProcess& process, const json& input) {
  const auto user = find_user(process, input);
  if (!user) return std::unexpected(user.error());
  SaveUser command = saved_as_seen(*user);
  command.user.disabled = true;
  ConsoleTask task;
  task.commands.emplace_back(std::move(command));
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return json{{"name", user->name}};
}

AdminResult enable_user(ParkProcess& process, const json& input) {
  const auto user = find_user(process, input);
  if (!user) return std::unexpected(user.error());
  SaveUser command = saved_as_seen(*user);
  command.user.disabled = false;
  ConsoleTask task;
  task.commands.emplace_back(std::move(command));
  if (auto done = run_console(process.engine(), std::move(task)); !done) {
    return std::unexpected(done.error());
  }
  return json{{"name", user->name}};
}

// How the process that serves is doing, for `doctor`.
AdminResult tell_status(ParkProcess& process) {
  const EngineHealth health = process.engine().health();
  const ClockStatus clock = process.clock().status();
  // A store whose files were replaced may not have been written into since.
  const auto head = process.store().reader()->head();
  std::string reason = health.healthy ? "" : std::string(name_of(health.fault));
  std::string message = health.healthy ? "" : health.message;
  if (!head) {
    reason = name_of(head.error().fault);
    message = head.error().message;
  }
  return json{{"healthy", reason.empty()},
              {"reason", reason},
              {"message", message},
              {"clock", name_of(clock.state)},
              {"clock_ahead_ms", clock.ahead_ms},
              {"waiting_tasks", process.engine().waiting_tasks()}};
}

// For `backup`, when only this process can still read its store.
AdminResult copy_store(ParkProcess& process, const json& input) {
  const std::string file = text_of(input, "file");
  if (file.empty()) return std::unexpected("The file is missing.");
  const auto copied = process.store().backup(file);
  if (!copied) return std::unexpected(copied.error().message);
  return json{{"file", file}};
}

}  // namespace

AdminResult run_operation(ParkProcess& process, std::string_view name, const json& input) {
  if (name == "catalog_import") return import_catalog(process, input);
  if (name == "calendar_import") return import_calendar(process, input);
  if (name == "enterprise_import") return import_enterprises(process, input);
  if (name == "user_add") return add_user(process, input);
  if (name == "user_reset_password") return reset_password(process, input);
  if (name == "user_disable") return disable_user(process, input);
  if (name == "user_enable") return enable_user(process, input);
  if (name == "privacy_erase") return erase_details_of(process, input);
  if (name == "status") return tell_status(process);
  if (name == "copy_store") return copy_store(process, input);
  return std::unexpected("There is no operation " + std::string(name) + ".");
}

}  // namespace yuanyue
