/// Contracts: what a function expects of its caller, and what it promises.
///
/// They catch our own mistakes, never the user's input (that is `ConfigError`'s task), and are compiled in
/// by the `dev` preset only.
#pragma once

#ifdef MYOAXIS_CONTRACTS
#include <cstdio>
#include <cstdlib>

namespace myoaxis::detail {
[[noreturn]] inline void contract_failed(char const* kind, char const* condition, char const* file,
                                         int line) {
  std::fprintf(stderr, "%s:%d: %s failed: %s\n", file, line, kind, condition);
  std::abort();
}
}  // namespace myoaxis::detail

#define MYOAXIS_CONTRACT(kind, condition) \
  ((condition) ? void(0) : ::myoaxis::detail::contract_failed(kind, #condition, __FILE__, __LINE__))
#else
#define MYOAXIS_CONTRACT(kind, condition) (false ? static_cast<void>(condition) : void(0))
#endif

#define EXPECTS(condition) MYOAXIS_CONTRACT("EXPECTS", condition)
#define ENSURES(condition) MYOAXIS_CONTRACT("ENSURES", condition)
