// What the operations share. Private to backend/admin.
#pragma once

#include <functional>
#include <string>

#include "backend/admin/operations.h"

namespace yuanyue {

// A text field of the input; empty when there is none.
std::string text_of(const nlohmann::json& input, const char* field);

// Runs `look` on the committed state and waits.
std::expected<void, std::string> look_at(ParkProcess& process,
                                         std::function<void(const State&)> look);

// A new id, ordered by the server's clock.
Uuid new_id(ParkProcess& process);

// Makes a first password for the user and puts its hash into the task; takes tens of milliseconds.
std::expected<std::string, std::string> add_credential(ParkProcess& process, const UserId& user,
                                                       ConsoleTask& task);

AdminResult erase_details_of(ParkProcess& process, const nlohmann::json& input);
AdminResult import_enterprises(ParkProcess& process, const nlohmann::json& input);

}  // namespace yuanyue
