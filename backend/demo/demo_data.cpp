#include "backend/demo/demo_data.h"

#include <cassert>

#include <nlohmann/json.hpp>

#include "assets/embedded.h"

namespace yuanyue {

namespace {

using nlohmann::json;

// Any two words give a fixed id, so that the demonstration is the same everywhere.
constexpr Uuid enterprise_base{0x656e746572707269, 0x7365732064656d6f};

DemoData read() {
  const json file = json::parse(embedded_asset("demo/lingang.json"), nullptr, false);
  assert(file.is_object());
  DemoData data;
  for (const json& value : file["enterprises"]) {
    Enterprise row;
    row.id = EnterpriseId(derive(enterprise_base, data.enterprises.size()));
    row.name = value["name"].get<std::string>();
    row.credit_code = value["credit_code"].get<std::string>();
    row.key_project = value["key_project"].get<bool>();
    row.high_tech = value["high_tech"].get<bool>();
    row.contact = value["contact"].get<std::string>();
    data.enterprises.push_back(std::move(row));
  }
  for (const json& value : file["accounts"]) {
    DemoAccount account;
    account.name = value["name"].get<std::string>();
    account.display_name = value["display_name"].get<std::string>();
    account.password = value["password"].get<std::string>();
    account.must_change_password = value["must_change"].get<bool>();
    account.purpose = value["purpose"].get<std::string>();
    if (value["role"] == "administrator")
      account.role = Role::administrator;
    else
      account.enterprise = value["enterprise"].get<int>();
    data.accounts.push_back(std::move(account));
  }
  return data;
}

}  // namespace

const DemoData& demo_data() {
  static const DemoData data = read();
  return data;
}

}  // namespace yuanyue
