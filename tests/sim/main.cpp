// yuanyue_sim --seeds A..B [--jobs N] [--aloud] : simulates parks, one from each seed, in N
// processes. Prints what fails with the command that repeats it, and what faults were met; the exit
// status is 1 when a seed fails, or when, in many seeds, a kind of fault was never met.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "backend/log/log.h"
#include "tests/sim/simulation.h"

namespace yuanyue::sim {
namespace {

constexpr std::uint64_t seeds_that_meet_everything = 200;

struct Options {
  std::uint64_t first = 1;
  std::uint64_t last = 0;
  int jobs = 1;
  Telling telling = Telling::quiet;
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Options> read_options(const std::vector<std::string_view>& words) {
  Options options;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--aloud") {
      options.telling = Telling::aloud;
    } else if (words[i] == "--jobs" && has_value) {
      const auto jobs = number(words[++i]);
      if (!jobs || *jobs < 1 || *jobs > 256) return std::nullopt;
      options.jobs = static_cast<int>(*jobs);
    } else if (words[i] == "--seeds" && has_value) {
      const std::string_view range = words[++i];
      const auto dots = range.find("..");
      if (dots == std::string_view::npos) return std::nullopt;
      const auto first = number(range.substr(0, dots));
      const auto last = number(range.substr(dots + 2));
      if (!first || !last || *last < *first) return std::nullopt;
      options.first = *first;
      options.last = *last;
    } else {
      return std::nullopt;
    }
  }
  if (options.last == 0) return std::nullopt;
  return options;
}

struct Sum {
  FaultCounts counts;
  std::uint64_t seeds = 0;
  std::uint64_t failed = 0;
  std::uint64_t commands = 0;
  std::uint64_t accepted = 0;
  std::uint64_t hash = 0;  // of all seeds' hashes, whatever their order
};

constexpr std::uint64_t seeds_between_signs = 500;  // a minute or two

// Every `jobs`-th seed, beginning with the `place`-th.
Sum run_seeds(const Options& options, int place) {
  Sum sum;
  const auto step = static_cast<std::uint64_t>(options.jobs);
  for (std::uint64_t seed = options.first + static_cast<std::uint64_t>(place); seed <= options.last;
       seed += step) {
    if (sum.seeds > 0 && sum.seeds % seeds_between_signs == 0) {
      std::fprintf(stderr, "at seed %llu\n", static_cast<unsigned long long>(seed));
    }
    const Verdict verdict = simulate(seed, options.telling);
    ++sum.seeds;
    sum.commands += verdict.commands;
    sum.accepted += verdict.accepted;
    sum.hash += verdict.hash;
    for (std::size_t i = 0; i < static_cast<std::size_t>(Fault::count); ++i) {
      sum.counts.add(static_cast<Fault>(i), verdict.counts.of(static_cast<Fault>(i)));
    }
    if (verdict.violations.empty()) continue;
    ++sum.failed;
    std::string text = "seed " + std::to_string(seed) + " failed: scripts/sim --seeds " +
                       std::to_string(seed) + ".." + std::to_string(seed) + " --aloud\n";
    for (const std::string& violation : verdict.violations) text += "  " + violation + "\n";
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
  }
  return sum;
}

bool read_all(int file, void* buffer, std::size_t size) {
  auto* bytes = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t count = read(file, bytes, size);
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

void add(Sum& total, const Sum& part) {
  total.seeds += part.seeds;
  total.failed += part.failed;
  total.commands += part.commands;
  total.accepted += part.accepted;
  total.hash += part.hash;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Fault::count); ++i) {
    total.counts.add(static_cast<Fault>(i), part.counts.of(static_cast<Fault>(i)));
  }
}

Sum run_in_processes(const Options& options) {
  if (options.jobs == 1) return run_seeds(options, 0);
  Sum total;
  std::vector<int> pipes;
  for (int place = 0; place < options.jobs; ++place) {
    int ends[2] = {};
    if (pipe(ends) != 0) std::exit(2);
    const pid_t child = fork();
    if (child < 0) std::exit(2);
    if (child == 0) {
      const Sum sum = run_seeds(options, place);
      const bool written = write(ends[1], &sum, sizeof sum) == sizeof sum;
      _exit(written ? 0 : 2);
    }
    close(ends[1]);
    pipes.push_back(ends[0]);
  }
  for (const int file : pipes) {
    Sum part;
    if (read_all(file, &part, sizeof part)) {
      add(total, part);
    } else {
      std::puts("a process of the simulation has died");
      ++total.failed;
    }
    close(file);
  }
  while (wait(nullptr) > 0) {
  }
  return total;
}

int report(const Options& options, const Sum& sum, double seconds) {
  std::uint64_t failed = sum.failed;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Fault::count); ++i) {
    const auto fault = static_cast<Fault>(i);
    std::printf("%10llu  %.*s\n", static_cast<unsigned long long>(sum.counts.of(fault)),
                static_cast<int>(name_of(fault).size()), name_of(fault).data());
    const bool must_be_met = options.last - options.first + 1 >= seeds_that_meet_everything;
    if (must_be_met && sum.counts.of(fault) == 0) {
      std::puts("            never met: the simulation proves less than it should");
      ++failed;
    }
  }
  std::printf(
      "%llu seeds, %llu commands, %llu accepted in the end, hash %016llx, %.1f s, "
      "%.1f seeds/s\n",
      static_cast<unsigned long long>(sum.seeds), static_cast<unsigned long long>(sum.commands),
      static_cast<unsigned long long>(sum.accepted), static_cast<unsigned long long>(sum.hash),
      seconds, static_cast<double>(sum.seeds) / seconds);
  std::printf("%llu passed, %llu failed\n", static_cast<unsigned long long>(sum.seeds - sum.failed),
              static_cast<unsigned long long>(failed));
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace yuanyue::sim

int main(int argc, char** argv) {
  using namespace yuanyue::sim;
  const auto options = read_options({argv + 1, argv + argc});
  if (!options) {
    std::fputs("usage: yuanyue_sim --seeds A..B [--jobs N] [--aloud]\n", stderr);
    return 2;
  }
  if (options->telling == Telling::quiet) yuanyue::set_log_level(yuanyue::LogLevel::off);
  const auto began = std::chrono::steady_clock::now();
  const Sum sum = run_in_processes(*options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  return report(*options, sum, seconds.count());
}
