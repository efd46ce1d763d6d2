/// Extra hours of sleep of ten patients on two drugs (Cushny & Peebles 1905, Student 1908), as R carries and
/// analyzes them: ?sleep.
#pragma once

#include <vector>

namespace myoaxis::test {

inline std::vector<double> const kDrug1 = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
inline std::vector<double> const kDrug2 = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

}  // namespace myoaxis::test
