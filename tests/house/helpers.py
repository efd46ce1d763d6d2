"""Helpers that another file could take for its own.

Sources are compiled several at a time. A call that was meant for one function then goes, without a word, to the helper
of another file that has its name and fits better, through a conversion. So a helper, a function in an unnamed
namespace, shares its name only with functions that take another number of arguments.
"""
import re
from collections import defaultdict
from itertools import combinations, product
from typing import NamedTuple

LAYERS = ("core", "agents", "io", "tools")
PROGRAMS = (("tests", "unit"), ("tests", "statistics"))
UNNAMED = re.compile(r"^namespace \{\n(.*?)^\}(?=  // namespace$)", re.MULTILINE | re.DOTALL)
BEGINS_UNNAMED = re.compile(r"^namespace \{", re.MULTILINE)
# A declaration begins at the margin: what it returns, its name, and its parameters.
DECLARED = re.compile(r"^(?!return|using|namespace|class|struct|enum|public|private|extern|TEST_CASE)"
                      r"[A-Za-z_\[][^;{}=\n()]*?[ &*>]([a-z_]\w*)\(", re.MULTILINE)
ENDS = re.compile(r"\s*(const\b|noexcept\b|->[^{;]*)?\s*[{;]")


class Function(NamedTuple):
    path: object
    line: int
    name: str
    fewest: int
    most: int


def arguments(code, begin):
    """Texts of the parameters that begin here, and where their list ends."""
    found, depth, start = [], 0, begin
    for place in range(begin, len(code)):
        letter = code[place]
        if letter in "([{<":
            depth += 1
        elif letter in "]}" or (letter == ">" and code[place - 1] != "-") or (letter == ")" and depth > 0):
            depth -= 1
        elif letter in ",)" and depth == 0:
            found.append(code[start:place].strip())
            start = place + 1
            if letter == ")":
                return [text for text in found if text], place
    return [], len(code)


def functions_in(path, code, first_line=1):
    for match in DECLARED.finditer(code):
        parameters, end = arguments(code, match.end())
        if ENDS.match(code, end + 1):
            needed = sum("=" not in parameter for parameter in parameters)
            yield Function(path, first_line + code.count("\n", 0, match.start()), match[1], needed, len(parameters))


def helpers_in(path, text, blanked):
    """Functions of the unnamed namespaces; the comments at their ends say where these are."""
    code = blanked(text)
    for match in UNNAMED.finditer(text):
        begin, end = match.span(1)
        yield from functions_in(path, code[begin:end], 1 + code.count("\n", 0, begin))


def unread_namespaces(text):
    """How many unnamed namespaces end in another way, so that their helpers would be missed."""
    return len(BEGINS_UNNAMED.findall(text)) - len(UNNAMED.findall(text))


def unit_of(inside):
    """The library or program that a source is compiled into."""
    return inside.parts[0] if inside.parts[0] in LAYERS else next((unit for unit in PROGRAMS if inside.parts[:2] == unit), None)


def may_include(unit, header):
    """Whether files of the library or program may include the header."""
    folder = header.parts[0]
    return unit not in LAYERS or (folder in LAYERS and LAYERS.index(folder) <= LAYERS.index(unit))


def confusable(one, other):
    return one.path != other.path and one.fewest <= other.most and other.fewest <= one.most


def confusions(sources, blanked):
    """Pairs of a helper and the function that it could be taken for. `sources`: path from the top folder and text."""
    helpers, declared = defaultdict(list), defaultdict(list)
    for path, text in sources:
        if path.suffix == ".h":
            for function in functions_in(path, blanked(text)):
                declared[function.name].append(function)
        elif path.suffix == ".cpp" and unit_of(path):
            for function in helpers_in(path, text, blanked):
                helpers[unit_of(path), function.name].append(function)
    for (unit, name), mine in sorted(helpers.items(), key=str):
        public = [function for function in declared[name] if may_include(unit, function.path)]
        yield from (pair for pair in [*combinations(mine, 2), *product(mine, public)] if confusable(*pair))
