// The operation enterprise_import.
#include <algorithm>

#include "backend/admin/enterprise_csv.h"
#include "backend/admin/first_passwords.h"
#include "backend/admin/operation_parts.h"
#include "core/domains/codec.h"
#include "core/people/accounts.h"
#include "core/people/credit_code.h"
#include "core/people/enterprise.h"
#include "core/people/save_enterprise.h"
#include "core/people/save_user.h"

namespace yuanyue {

namespace {

using nlohmann::json;

// A row of the file with what it comes to.
struct Planned {
  EnterpriseCsvRow row;
  Enterprise enterprise;
  bool is_new = false;
  User account;  // of a new one
  std::string password;
  std::string password_hash;
};

class EnterpriseImport {
 public:
  EnterpriseImport(ParkProcess& process, bool all_or_nothing)
      : process_(process), all_or_nothing_(all_or_nothing) {}

  AdminResult run(const std::vector<EnterpriseCsvRow>& rows) {
    if (auto planned = plan(rows); !planned) return std::unexpected(planned.error());
    while (!planned_.empty() && !(all_or_nothing_ && !refused_.empty())) {
      auto done = try_once();
      if (!done) return std::unexpected(done.error());
      if (*done) return answer();
    }
    planned_.clear();
    return answer();
  }

 private:
  void refuse(const EnterpriseCsvRow& row, const std::string& why) {
    refused_.push_back({{"line", row.line}, {"message", why}});
  }

  static Enterprise filled(Enterprise enterprise, const EnterpriseCsvRow& row) {
    enterprise.name = row.name;
    enterprise.credit_code = row.credit_code;
    enterprise.key_project = row.key_project;
    enterprise.high_tech = row.high_tech;
    enterprise.contact = row.contact;
    return enterprise;
  }

  // What clashes with what there is, is refused with its line; nobody else waits for that.
  void plan_row(const State& state, const EnterpriseCsvRow& row) {
    Planned planned;
    planned.row = row;
    const std::string name = account_name_of(row.credit_code);
    if (const auto id = enterprise_by_credit_code(state, row.credit_code)) {
      planned.enterprise = filled(*state.find(*id), row);
    } else if (user_by_name(state, name)) {
      return refuse(row, "The user name " + name + " is taken.");
    } else {
      planned.is_new = true;
      planned.enterprise = filled({}, row);
      planned.account.name = name;
      planned.account.display_name = row.name;
    }
    planned_.push_back(std::move(planned));
  }

  std::expected<void, std::string> plan(const std::vector<EnterpriseCsvRow>& rows) {
    auto looked = look_at(process_, [&](const State& state) {
      for (const EnterpriseCsvRow& row : rows) plan_row(state, row);
    });
    if (!looked) return looked;
    if (all_or_nothing_ && !refused_.empty()) return {};
    for (Planned& planned : planned_) {
      if (!planned.is_new) continue;
      planned.enterprise.id = EnterpriseId(new_id(process_));
      planned.account.id = UserId(new_id(process_));
      planned.account.enterprise = planned.enterprise.id;
      ConsoleTask task;
      const auto password = add_credential(process_, planned.account.id, task);
      if (!password) return std::unexpected(password.error());
      planned.password = *password;
      planned.password_hash = task.credentials.front().password_hash;
    }
    return {};
  }

  // All planned rows in one commit. False: one clashed with what happened meanwhile and is refused
  // now; the rest has yet to be tried.
  std::expected<bool, std::string> try_once() {
    ConsoleTask task;
    std::vector<std::size_t> row_of_command;
    std::vector<FirstPassword> passwords;
    for (std::size_t i = 0; i < planned_.size(); ++i) {
      const Planned& planned = planned_[i];
      task.commands.emplace_back(SaveEnterprise{planned.enterprise});
      row_of_command.push_back(i);
      if (!planned.is_new) continue;
      task.commands.emplace_back(SaveUser{planned.account});
      row_of_command.push_back(i);
      task.credentials.push_back({to_string(planned.account.id), planned.password_hash, true});
      passwords.push_back({planned.account.name, planned.password, planned.row.name});
    }
    if (const auto fault = first_fault(task.commands)) {
      drop(row_of_command[fault->command], fault->sentence);
      return false;
    }
    if (auto kept = keep(passwords); !kept) return std::unexpected(kept.error());
    auto answer = process_.engine().run(std::move(task));
    if (!answer) return give_up("The server is busy or stopping; try again.");
    return settle(std::move(*answer), row_of_command);
  }

  std::expected<bool, std::string> settle(std::future<ConsoleReply> answer,
                                          const std::vector<std::size_t>& row_of_command) {
    const ConsoleReply reply = answer.get();
    if (reply.unavailable) {
      return give_up("The store could not be written; nothing has changed.");
    }
    if (!reply.rejection) return true;
    forget_passwords();
    drop(row_of_command[reply.rejected_command], describe(*reply.rejection));
    return false;
  }

  void drop(std::size_t index, const std::string& why) {
    refuse(planned_[index].row, why);
    planned_.erase(planned_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  // Before the commit, so that no account exists whose password nobody has.
  std::expected<void, std::string> keep(const std::vector<FirstPassword>& passwords) {
    if (passwords.empty()) return {};
    auto file = write_first_passwords(process_.folder().path(), process_.clock().now(), passwords);
    if (!file) return std::unexpected(file.error());
    passwords_file_ = std::filesystem::absolute(*file);
    return {};
  }

  void forget_passwords() {
    std::error_code ignored;
    if (!passwords_file_.empty()) std::filesystem::remove(passwords_file_, ignored);
    passwords_file_.clear();
  }

  std::expected<bool, std::string> give_up(const char* why) {
    forget_passwords();
    return std::unexpected(why);
  }

  json answer() const {
    json created = json::array();
    json updated = json::array();
    for (const Planned& planned : planned_) {
      json one = {{"name", planned.row.name}, {"credit_code", planned.row.credit_code}};
      if (planned.is_new) {
        one["user"] = planned.account.name;
        one["password"] = planned.password;
      }
      (planned.is_new ? created : updated).push_back(std::move(one));
    }
    json result = {{"created", created}, {"updated", updated}, {"refused", refused_}};
    if (!passwords_file_.empty()) result["passwords_file"] = passwords_file_.string();
    return result;
  }

  ParkProcess& process_;
  const bool all_or_nothing_;
  std::vector<Planned> planned_;
  json refused_ = json::array();
  std::filesystem::path passwords_file_;
};

}  // namespace

AdminResult import_enterprises(ParkProcess& process, const json& input) {
  const auto rows = enterprise_rows_of(input);
  if (!rows) return std::unexpected("The rows are malformed.");
  const auto all = input.find("all_or_nothing");
  const bool all_or_nothing = all != input.end() && all->is_boolean() && all->get<bool>();
  return EnterpriseImport(process, all_or_nothing).run(*rows);
}

}  // namespace yuanyue
