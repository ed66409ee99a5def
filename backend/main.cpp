#include <iostream>

#include <sodium.h>
#include <sys/stat.h>

#include "backend/cli/cli.h"

int main(int argc, char** argv) {
  ::umask(S_IRWXG | S_IRWXO);  // the store holds password hashes
  if (sodium_init() < 0) {
    std::cerr << "yuanyue: The cryptographic library cannot be initialised.\n";
    return yuanyue::exit_refused;
  }
  return yuanyue::run_cli(argc, argv);
}
