#include "io/run/run_identity.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <chrono>

#include "io/run/build_info.h"

namespace myoaxis {

void write_identity(H5Group root, RunIdentity const& identity) {
  root.set_attribute("format", kFormatName);
  root.set_attribute("format_version", kFormatVersion);
  root.set_attribute("Conventions", "CF-1.10");
  root.set_attribute("title", identity.title);
  root.set_attribute("software", "myoaxis");
  root.set_attribute("software_version", software_version());
  root.set_attribute("git_sha1", git_revision());
  root.set_attribute("build", build_description());
  root.set_attribute("processor", processor_class());
  auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  root.set_attribute("date_created", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now)));
  root.set_attribute("command_line", identity.command_line);
  root.set_attribute("seed", static_cast<std::int64_t>(identity.luck.seed));
  root.set_attribute("subject", static_cast<std::int64_t>(identity.luck.subject));
  root.set_attribute("config_toml", identity.resolved_toml);
  root.set_attribute("config_sha256", identity.sha256);
  root.set_attribute("status", "running");
}

}  // namespace myoaxis
