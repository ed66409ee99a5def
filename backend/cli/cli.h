// The command line: `yuanyue <command> …`. Exit codes: 0 done, 1 refused or a check failed, 2 wrong
// usage.
#pragma once

#include <expected>
#include <string>

#include <CLI/CLI.hpp>

#include "backend/store/data_folder.h"

namespace yuanyue {

inline constexpr int exit_done = 0;
inline constexpr int exit_refused = 1;
inline constexpr int exit_usage = 2;

int run_cli(int argc, char** argv);

// Each adds its commands; running one sets `exit_code`.
void add_serve_command(CLI::App& app, int& exit_code);
void add_calendar_commands(CLI::App& app, int& exit_code);
void add_enterprise_commands(CLI::App& app, int& exit_code);
void add_user_commands(CLI::App& app, int& exit_code);
void add_catalog_commands(CLI::App& app, int& exit_code);
void add_store_commands(CLI::App& app, int& exit_code);  // ledger verify, backup, restore
void add_privacy_commands(CLI::App& app, int& exit_code);
void add_doctor_command(CLI::App& app, int& exit_code);
void add_play_command(CLI::App& app, int& exit_code);

// --data DIR, by default $YUANYUE_DATA or .yuanyue-data here.
void add_data_option(CLI::App& command, std::string& data);

// One sentence on standard error; gives exit_refused.
int refuse(const std::string& sentence);
std::expected<std::string, std::string> read_text_file(const std::string& path);
// "-" is standard output.
std::expected<void, std::string> write_text_file(const std::string& path, const std::string& text);

}  // namespace yuanyue
