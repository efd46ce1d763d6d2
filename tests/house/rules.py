#!/usr/bin/python3
"""Checks the rules that the source tree keeps: sizes, direction of includes, places of libraries, randomness, citations, names.

usage: rules.py SOURCE_FOLDER

Exit code 1 with one line a violation, `file:line: what is wrong`.
"""
import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import helpers

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
CPP = {".h", ".cpp"}
SOURCES = CPP | {".py", ".sh", ".toml"}
SKIPPED = {"build", "results", "__pycache__"}  # made, not written
FOLDERS = {"core", "agents", "io", "configs", "tests", "tools"}
TOP_FILES = {"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE"}

# A folder may include itself and what stands to the left of it. tests may include all.
LAYERS = ("core", "agents", "io", "tools")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)
TBB = re.compile(r"^(oneapi/)?tbb/|^oneapi/tbb\.h$|^tbb\.h$")
EIGEN = re.compile(r"^(unsupported/)?Eigen/")
HDF5 = re.compile(r"^(hdf5|hdf5_hl|H5\w*)\.h$")
TOML = re.compile(r"^toml\+\+/|^toml\.hpp$")

FORBIDDEN_RANDOM = re.compile(
    r"std::\w+_distribution\b|\b(?:std::)?random_device\b|\bs?rand(?:om)?\s*\(|\b[dlm]rand48\s*\(|\bstd::s?rand\b"
    r"|\bstd::(?:mt19937\w*|minstd_rand0?|default_random_engine|ranlux\w+|random_shuffle|generate_canonical)\b")

CITATION = re.compile(r"\[([A-Z][A-Za-z]*[12][0-9]{3}[a-z]?)\]")
TEST_NAME = re.compile(r'^TEST_CASE\(\s*"((?:\\.|[^"\\])*)"', re.MULTILINE)
BIB_ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)

# Blanked before code is searched, so that words in comments and texts are not taken for code.
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])\'', re.DOTALL)


def blanked(text):
    """The text with comments and literals blank; line breaks stay, so that lines keep their numbers."""
    return NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


class House:
    """Gathers all violations of one source tree."""

    def __init__(self, root):
        self.root = root
        self.problems = []
        self.files = sorted(self.sources())

    def sources(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in SKIPPED and name != ".git"]
            yield from (Path(folder, name) for name in names if Path(name).suffix in SOURCES)

    def fail(self, path, line, message):
        self.problems.append(f"{path.relative_to(self.root)}:{line}: {message}")

    def check(self):
        self.check_top_level()
        ctags = has_universal_ctags()
        for path in self.files:
            text = path.read_text(encoding="utf-8")
            self.check_length(path, text)
            if path.suffix == ".py":
                self.check_functions(path, python_functions(text))
            if path.suffix in CPP:
                self.check_functions(path, tagged_functions(path) if ctags else braced_functions(text))
                self.check_includes(path, text)
                self.check_randomness(path, text)
            if path.name.endswith("_test.cpp"):
                self.check_test_names(path, text)
        self.check_citations()
        self.check_helpers()

    def check_top_level(self):
        for entry in sorted(self.root.iterdir()):
            allowed = FOLDERS | SKIPPED if entry.is_dir() else TOP_FILES
            if not entry.name.startswith(".") and entry.name not in allowed:
                self.fail(entry, 1, f"does not belong in the top folder; allowed: {', '.join(sorted(allowed - SKIPPED))}")

    def check_length(self, path, text):
        lines = len(text.splitlines())
        if lines > LONGEST_FILE:
            self.fail(path, lines, f"{lines} lines; a file has at most {LONGEST_FILE}")

    def check_functions(self, path, functions):
        for name, first, last in functions:
            if last - first + 1 > LONGEST_FUNCTION:
                self.fail(path, first, f"{name} has {last - first + 1} lines; a function has at most {LONGEST_FUNCTION}")

    def check_includes(self, path, text):
        inside = path.relative_to(self.root)
        folder = inside.parts[0]
        for match in INCLUDE.finditer(text):
            wrong = include_violation(inside, folder, match[1])
            if wrong:
                self.fail(path, line_of(text, match.start()), f"includes {match[1]}: {wrong}")

    def check_randomness(self, path, text):
        code = blanked(text)
        for match in INCLUDE.finditer(text):
            if match[1] == "random":
                self.fail(path, line_of(text, match.start()), "includes <random>: its results vary by library")
        for match in FORBIDDEN_RANDOM.finditer(code):
            self.fail(path, line_of(code, match.start()), f"{match[0].strip()}: draws come from core/draws.h and Boost")

    def check_test_names(self, path, text):
        """CMake reads a bracket in a name as the start of a list: it would run all later tests as one, and find none."""
        for match in TEST_NAME.finditer(text):
            if set(match[1]) & set("[];\\"):
                self.fail(path, line_of(text, match.start()), "a name of a test has no bracket, semicolon or backslash")

    def check_citations(self):
        bibliography = self.root / "configs" / "references.bib"
        known = set(BIB_ENTRY.findall(bibliography.read_text(encoding="utf-8"))) if bibliography.is_file() else set()
        for path in self.files:
            if path.suffix in CPP and path.relative_to(self.root).parts[0] in ("core", "agents"):
                text = path.read_text(encoding="utf-8")
                for match in CITATION.finditer(text):
                    if match[1] not in known:
                        self.fail(path, line_of(text, match.start()), f"[{match[1]}] is not in configs/references.bib")

    def check_helpers(self):
        sources = [(path.relative_to(self.root), path.read_text(encoding="utf-8")) for path in self.files if path.suffix in CPP]
        for path, text in sources:
            if helpers.unread_namespaces(text):
                self.fail(self.root / path, 1, "an unnamed namespace ends otherwise than with `}  // namespace`")
        for helper, other in helpers.confusions(sources, blanked):
            self.fail(self.root / helper.path, helper.line,
                      f"{helper.name} could be taken for that of {other.path}:{other.line}; give it a name of its own")


def include_violation(inside, folder, header):
    """Why this file may not include this header, or nothing."""
    target = header.split("/")[0]
    if folder in LAYERS and target in LAYERS and LAYERS.index(target) > LAYERS.index(folder):
        return f"{folder} may include only {', '.join(LAYERS[:LAYERS.index(folder) + 1])}"
    if folder in LAYERS and (target == "tests" or header.startswith("..")):
        return "includes are written from the top folder and stay out of tests"
    if TBB.match(header) and inside.parts[:1] != ("tests",) and inside.with_suffix("") != Path("core/parallel"):
        return "TBB stays behind core/parallel.h"
    if EIGEN.match(header) and folder not in ("core", "tests"):
        return "Eigen stays in core"
    if HDF5.match(header) and folder not in ("io", "tests"):
        return "HDF5 stays in io"
    if TOML.match(header) and folder not in ("io", "tests"):
        return "toml++ stays in io"
    return ""


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def has_universal_ctags():
    if shutil.which("ctags") is None:
        return False
    done = subprocess.run(["ctags", "--version"], capture_output=True, text=True, check=False)
    return "Universal Ctags" in done.stdout


def tagged_functions(path):
    """Functions as Universal Ctags sees them."""
    done = subprocess.run(["ctags", "--options=NONE", "--output-format=json", "--fields=+ne", "--language-force=C++",
                           "--kinds-C++=f", "-f", "-", str(path)], capture_output=True, text=True, check=True)
    for tag in map(json.loads, done.stdout.splitlines()):
        if "end" in tag:
            yield tag["name"], tag["line"], tag["end"]


def braced_functions(text):
    """Functions by their braces, where ctags is missing: a `{` after a `)` opens one, unless a control word leads."""
    code = blanked(text)
    open_braces = []
    for match in re.finditer(r"[{}]", code):
        if match[0] == "{":
            head = re.split(r"[;{}]", code[:match.start()])[-1]
            body = re.search(r"(\w+)\s*\(.*\)[^()]*$", head, re.DOTALL)
            control = re.match(r"\s*(if|for|while|switch|catch|else|do)\b", head)
            open_braces.append((body[1], line_of(code, match.start())) if body and not control else None)
        elif open_braces:
            function = open_braces.pop()
            if function:
                yield *function, line_of(code, match.start())


def main(arguments):
    if len(arguments) != 2 or not Path(arguments[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    house = House(Path(arguments[1]).resolve())
    house.check()
    if not house.files:
        house.problems.append(f"{arguments[1]}: holds no source files")
    for problem in house.problems:
        print(problem)
    print(f"{len(house.files)} source files, {len(house.problems)} violations")
    return 1 if house.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
