// assets/demo/lingang.json: the enterprises and accounts of the demonstration park.
#pragma once

#include <string>
#include <vector>

#include "core/people/enterprise.h"
#include "core/people/user.h"

namespace yuanyue {

struct DemoAccount {
  std::string name;
  std::string display_name;
  Role role = Role::member;
  int enterprise = -1;  // index into DemoData::enterprises; -1: none
  std::string password;
  bool must_change_password = false;
  std::string purpose;
};

struct DemoData {
  std::vector<Enterprise> enterprises;  // the first is the one of the story
  std::vector<DemoAccount> accounts;
};

const DemoData& demo_data();

}  // namespace yuanyue
