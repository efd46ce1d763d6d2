"""The checker of the source tree finds what it is there to find, in a small tree that breaks one rule at a time."""
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SOURCE

RULES = SOURCE / "tests/house/rules.py"
sys.path.insert(0, str(RULES.parent))
import rules  # noqa: E402  (found by the line above)

LONG_BODY = "  f();\n" * 60

# A file, what is in it, and words of the complaint.
BROKEN = {
    "long file": ("core/long.h", "int a;\n" * 401, "401 lines"),
    "long script": ("tools/long.py", "a = 1\n" * 401, "401 lines"),
    "long function": ("core/long.cpp", f"void walk() {{\n{LONG_BODY}}}\n", "walk has 62 lines"),
    "long Python function": ("tools/long.py", "def walk():\n" + "    f()\n" * 60, "walk has 61 lines"),
    "core includes agents": ("core/a.h", '#include "agents/model.h"\n', "core may include"),
    "core includes io": ("core/a.h", '#include "io/x.h"\n', "core may include"),
    "agents include io": ("agents/a.cpp", "#include <io/x.h>\n", "agents may include"),
    "io includes tools": ("io/a.h", '#  include "tools/common.h"\n', "io may include"),
    "relative include": ("agents/a.h", '#include "../io/x.h"\n', "from the top folder"),
    "TBB": ("core/transport/a.cpp", "#include <oneapi/tbb/parallel_for.h>\n", "core/parallel.h"),
    "old TBB": ("tools/a.cpp", "#include <tbb/tbb.h>\n", "core/parallel.h"),
    "Eigen": ("agents/a.h", "#include <Eigen/Dense>\n", "Eigen"),
    "HDF5": ("tools/a.cpp", "#include <hdf5.h>\n", "HDF5"),
    "HDF5 high level": ("agents/a.cpp", "#include <H5DSpublic.h>\n", "HDF5"),
    "toml++": ("tools/a.cpp", "#include <toml++/toml.h>\n", "toml++"),
    "std distribution": ("agents/a.cpp", "std::normal_distribution<double> d;\n", "normal_distribution"),
    "rand": ("tests/a.cpp", "int x = rand() % 6;\n", "rand("),
    "random device": ("tools/a.cpp", "std::random_device d;\n", "random_device"),
    "header random": ("core/a.h", "#include <random>\n", "<random>"),
    "a helper's name twice": ("core/b.cpp", "namespace {\nint twice(std::string const& text) {\n  return 0;\n}\n}  // namespace\n",
                              "twice could be taken for that of core/c.cpp:2"),
    "a helper's name in a header": ("agents/b.cpp", "namespace {\nint operand(double x, int y = 0) {\n  return 0;\n}\n}  // namespace\n",
                                    "operand could be taken for that of core/a.h:2"),
    "an unnamed namespace without its end": ("io/b.cpp", "namespace {\nint f() {\n  return 0;\n}\n}\n", "an unnamed namespace ends"),
    "unknown citation": ("agents/a.h", "/// After [Nobody1999].\n", "[Nobody1999]"),
    "top folder": ("extras/a.h", "int a;\n", "top folder"),
    "top file": ("notes.txt", "note\n", "top folder"),
}

ALLOWED = {
    "core/parallel.cpp": "#include <oneapi/tbb/parallel_for.h>\n",
    "core/a.h": "/// rand() and std::random_device are named here only. [Hill1910]\nint operand(int x);\n",
    "core/c.cpp": "namespace {\nint twice(fs::path const& path) {\n  return 0;\n}\n"
                  "int operand(std::pair<int, int> x, int y) {\n  return 0;\n}\n}  // namespace\n",
    "agents/c.cpp": "namespace {\nint twice(fs::path const& path) {\n  return 0;\n}\n}  // namespace\nint twice() {\n  return 1;\n}\n",
    "agents/a.cpp": '#include "core/a.h"\nchar const* text = "std::poisson_distribution";\nboost::random::poisson_distribution<int> d;\n',
    "io/a.cpp": "#include <hdf5.h>\n#include <toml++/toml.h>\n",
    "tools/a.cpp": f'#include "io/a.h"\nvoid short_enough() {{\n{"  f();" + chr(10)}}}\n',
    "tests/a.cpp": "#include <Eigen/Dense>\n#include <hdf5.h>\n",
    "build/release/junk.cpp": "#include <random>\n",
}


@pytest.fixture
def tree(tmp_path):
    """A small source tree that keeps all rules."""
    for name, text in ALLOWED.items():
        write(tmp_path / name, text)
    (tmp_path / "configs").mkdir()
    shutil.copy(SOURCE / "configs/references.bib", tmp_path / "configs")
    return tmp_path


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def check(tree):
    done = subprocess.run([sys.executable, str(RULES), str(tree)], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_tree_that_keeps_the_rules_passes(tree):
    code, said = check(tree)
    assert code == 0, said


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_found(rule, tree):
    name, text, words = BROKEN[rule]
    write(tree / name, text)
    code, said = check(tree)
    assert code == 1
    complaint = said.splitlines()[0]
    assert words in complaint and complaint.startswith(Path(name).parts[0])


def test_functions_are_measured_without_ctags_too():
    text = f"namespace a {{\nint walk(int x) {{\n  if (x) {{\n{LONG_BODY}  }}\n}}\n}}\n"
    assert list(rules.braced_functions(text)) == [("walk", 2, 65)]
