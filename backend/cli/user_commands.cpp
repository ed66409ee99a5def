// yuanyue user add | reset-password | disable | enable
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "backend/admin/socket_server.h"
#include "backend/cli/cli.h"
#include "backend/cli/touched.h"
#include "backend/engine_loop/directory.h"
#include "backend/log/json_text.h"
#include "core/people/role.h"
#include "core/people/save_user.h"

namespace yuanyue {

namespace {

using nlohmann::json;

struct UserOptions {
  std::string data;
  std::string name;
  std::string display_name;
  std::string role = "member";
  std::string enterprise;
  bool as_json = false;
  bool preview = false;
};

int run(const UserOptions& options, const std::string& operation, const json& input,
        const char* what_it_is) {
  const auto result = call_operation(DataFolder(options.data), operation, input);
  if (!result) return refuse(result.error());
  if (options.as_json) {
    std::cout << json_text(*result) << "\n";
    return exit_done;
  }
  std::cout << "User " << (*result)["name"].get<std::string>();
  if (result->contains("password")) {
    std::cout << ", first password " << (*result)["password"].get<std::string>()
              << "\nIt is shown only now and must be changed at the first sign-in.\n";
  } else {
    std::cout << " is " << what_it_is << ".\n";
  }
  return exit_done;
}

// Names mean here what they mean to the operation.
std::optional<User> user_called(const State& state, const std::string& name) {
  std::vector<AnyRow> rows;
  const auto take = [&](const auto& row) { rows.emplace_back(row); };
  state.for_each<User>(take);
  state.for_each<Enterprise>(take);
  Directory directory;
  directory.load(rows);
  return directory.user_signing_in(name);
}

// Says first whom it cuts off from seats and offers.
int run_disable(const UserOptions& options) {
  bool is_known = false;
  const auto touched =
      touched_by(DataFolder(options.data), [&](const State& state) -> std::optional<AnyCommand> {
        auto row = user_called(state, options.name);
        is_known = row.has_value();
        if (!row) return std::nullopt;
        row->disabled = true;
        return SaveUser{*std::move(row)};
      });
  if (!touched) return refuse(touched.error());
  if (!is_known && options.preview) return refuse("There is no user " + options.name + ".");
  print_touched(*touched);
  if (!options.preview) {
    return run(options, "user_disable", {{"name", options.name}}, "disabled");
  }
  if (options.as_json) std::cout << json_text({{"touched", *touched}}) << "\n";
  return exit_done;
}

CLI::App* add_command(CLI::App& user, const char* name, const char* description,
                      const std::shared_ptr<UserOptions>& options) {
  auto* command = user.add_subcommand(name, description);
  command->add_option("name", options->name, "User name: 3 to 32 of a-z 0-9 . _ -")->required();
  command->add_flag("--json", options->as_json, "Print JSON");
  add_data_option(*command, options->data);
  return command;
}

}  // namespace

void add_user_commands(CLI::App& app, int& exit_code) {
  auto* user = app.add_subcommand("user", "Accounts");
  user->require_subcommand(1);

  auto add = std::make_shared<UserOptions>();
  auto* add_user = add_command(*user, "add", "Add an account and print its first password", add);
  add_user->add_option("--display-name", add->display_name, "The person's name");
  std::vector<std::string> role_names;
  role_names.reserve(roles.size());
  for (const RoleType& role : roles) role_names.emplace_back(role.name.answer);
  add_user->add_option("--role", add->role, "What the account may do")
      ->check(CLI::IsMember(role_names))
      ->capture_default_str();
  add_user->add_option("--enterprise", add->enterprise, "Credit code of a member's enterprise");
  add_user->callback([add, &exit_code] {
    exit_code = run(*add, "user_add",
                    {{"name", add->name},
                     {"display_name", add->display_name},
                     {"role", add->role},
                     {"credit_code", add->enterprise}},
                    "added");
  });

  auto reset = std::make_shared<UserOptions>();
  add_command(*user, "reset-password", "Give a new first password; ends the user's sessions", reset)
      ->callback([reset, &exit_code] {
        exit_code =
            run(*reset, "user_reset_password", {{"name", reset->name}}, "given a new password");
      });

  auto disable = std::make_shared<UserOptions>();
  auto* disable_user = add_command(
      *user, "disable", "Lock an account out; ends the user's sessions at once", disable);
  disable_user->add_flag("--preview", disable->preview, "Only say whom it would touch");
  disable_user->callback([disable, &exit_code] { exit_code = run_disable(*disable); });

  auto enable = std::make_shared<UserOptions>();
  add_command(*user, "enable", "Let a disabled account sign in again, with its password", enable)
      ->callback([enable, &exit_code] {
        exit_code = run(*enable, "user_enable", {{"name", enable->name}}, "enabled");
      });
}

}  // namespace yuanyue
