#include "backend/cli/cli.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <system_error>

#include "backend/cli/printable_output.h"

namespace yuanyue {

int run_cli(int argc, char** argv) {
  const PrintableOutput printable_output;
  CLI::App app(
      "Yuanyue (园约): appointments of a business park that enterprises change themselves.",
      "yuanyue");
  app.require_subcommand(1);
  int exit_code = exit_done;
  add_serve_command(app, exit_code);
  add_calendar_commands(app, exit_code);
  add_enterprise_commands(app, exit_code);
  add_user_commands(app, exit_code);
  add_catalog_commands(app, exit_code);
  add_store_commands(app, exit_code);
  add_privacy_commands(app, exit_code);
  add_doctor_command(app, exit_code);
  add_play_command(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_done : exit_usage;
  } catch (const std::bad_alloc&) {
    return refuse("There is not enough memory.");
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again) {
      return refuse(
          "The system has no thread or no memory left for it: raise the limits of processes and of "
          "memory, or set --workers lower.");
    }
    return refuse("It could not go on: " + std::string(error.what()) + ".");
  }
  return exit_code;
}

void add_data_option(CLI::App& command, std::string& data) {
  data = ".yuanyue-data";
  command.add_option("--data", data, "Folder of the park's data")
      ->envname("YUANYUE_DATA")
      ->capture_default_str();
}

int refuse(const std::string& sentence) {
  std::cerr << "yuanyue: " << sentence << "\n";
  return exit_refused;
}

std::expected<std::string, std::string> read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || std::filesystem::is_directory(path, error)) {
    return std::unexpected("The file " + path + " cannot be read.");
  }
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

std::expected<void, std::string> write_text_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    std::cout << text << std::flush;
    return {};
  }
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file) return std::unexpected("The file " + path + " cannot be written.");
  return {};
}

}  // namespace yuanyue
