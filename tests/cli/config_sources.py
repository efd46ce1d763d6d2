#!/usr/bin/python3
"""Checks that every number in the configuration folder says where it comes from.

usage: config_sources.py CONFIG_FOLDER

A parameter table is { value, range, status, source } and perhaps organism and note. Checked are its keys, its status,
that the value lies in its range, that every [key] of a source stands in references.bib, that each biological number
has such a table, that scales and experiments have none, that shares sum to what they must, that every reference is
cited, here or in the C++ beside this folder, that no file is too long, that the parts of an organism and the species of
a factor are there, and that no effect can turn a rate negative. Exit code 1 on a violation.

organisms/NAME.toml     a body; what `use_parts` names lies in organisms/NAME/PART.toml, as if it stood in the first
factors/NAME.toml       what holds of a factor in every species
factors/SPECIES/NAME.toml   what holds in one; a factor of one's own may hold it in one file, below [organism.SPECIES]
conditions/SPECIES/NAME.toml   what a condition changes of a body and its factors, NAME/SEX.toml in one sex alone
variations/SPECIES.toml     how subjects differ; `lowest` and `highest` of a trait stand alone
"""
import math
import re
import sys
import tomllib
from pathlib import Path

STATUSES = {"verified", "derived", "recalled", "fitted", "assumed"}
REQUIRED = {"value", "range", "status", "source"}
ALLOWED = REQUIRED | {"organism", "note"}
PROCESSES = {"activation", "proliferation", "survival", "maturation", "plasticity", "inflammation", "mood"}
LONGEST = 400  # lines of a file
ORGANISMS = {"mouse", "rat", "human", "dog", "any"}
BIOLOGY = ("organisms", "factors", "conditions", "variations")  # folders in which no number may stand alone
LIMITS = ("lowest", "highest")  # of a trait: a judgment, as ranges are
CITATION = re.compile(r"\[([A-Z][A-Za-z0-9]*)\]")  # tables of TOML begin with a small letter
BIB_ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
QUANTITY = re.compile(r"^([-+]?[0-9.]+(?:e[-+]?[0-9]+)?) +(\S.*)$")


class Checker:
    """Gathers all violations of one configuration folder."""

    def __init__(self, folder):
        self.folder = folder
        self.problems = []
        self.parameters = 0
        self.cited = set()
        self.known = self.read_bibliography()
        self.documents = {}

    def read_bibliography(self):
        path = self.folder / "references.bib"
        if not path.is_file():
            self.problems.append(f"{path}: missing")
            return set()
        keys = BIB_ENTRY.findall(path.read_text(encoding="utf-8"))
        self.problems += [f"{path}: key {key} twice" for key in sorted(set(keys)) if keys.count(key) > 1]
        return set(keys)

    def read_laws(self):
        """The laws in C++ cite the sources of their forms."""
        for layer in ("core", "agents"):
            for path in sorted((self.folder.parent / layer).rglob("*.[hc]*")):
                if path.suffix in {".h", ".cpp"}:
                    self.cited |= set(CITATION.findall(path.read_text(encoding="utf-8")))

    def fail(self, path, where, message):
        self.problems.append(f"{path}: {where}: {message}")

    def check_file(self, path):
        try:
            text = path.read_text(encoding="utf-8")
            document = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(f"{path}: {error}")
            return
        if text.count("\n") > LONGEST:
            self.fail(path, "length", f"more than {LONGEST} lines")
        self.check_citations(path, text)
        self.documents[path] = document
        self.walk(path, "", document, self.kind(path) in BIOLOGY)

    def kind(self, path):
        """The folder right below configs/ that holds the file."""
        return path.relative_to(self.folder).parts[0]

    def check_together(self):
        """What can be said of a file only beside others."""
        species = [path for path in self.documents if path.parent == self.folder / "organisms"]
        for path in species:
            self.check_organism(path, self.with_parts(path))
        for path, document in self.documents.items():
            if path.parent == self.folder / "factors":
                self.check_factor(path, document, {s.stem for s in species})
            elif path.parent.parent == self.folder / "factors":
                self.check_factor_in_species(path, document)
            elif self.kind(path) == "conditions":
                self.check_condition(path, document)
            elif self.kind(path) == "variations":
                self.check_variation(path, document, {s.stem for s in species})

    def with_parts(self, path):
        """An organism with its parts in their place."""
        whole = dict(self.documents[path])
        wanted = [path.parent / path.stem / f"{part}.toml" for part in whole.get("use_parts", [])]
        for part in wanted:
            for key, value in self.documents.get(part, {}).items():
                if key in whole:
                    self.fail(part, key, f"stands in {path.name} as well")
                whole.setdefault(key, value)
        sexes = ("male", "female")  # laid over the organism when an experiment asks for it
        there = sorted(f for f in (path.parent / path.stem).glob("*.toml") if f.stem not in sexes)
        for part in sorted(set(wanted) ^ set(there)):
            self.fail(path, "use_parts", f"{part.name} is missing" if part in wanted else f"does not name {part.name}")
        return whole

    def check_citations(self, path, text):
        cited = set(CITATION.findall(text))
        self.cited |= cited
        for key in sorted(cited - self.known):
            self.fail(path, f"[{key}]", "is not in references.bib")

    def walk(self, path, where, node, in_biology):
        if isinstance(node, dict) and "value" in node:
            if in_biology:
                self.check_parameter(path, where, node)
            else:
                self.fail(path, where, "a parameter table outside organisms/, factors/, conditions/ and variations/")
        elif isinstance(node, dict):
            for key, child in node.items():
                if self.kind(path) != "variations" or key not in LIMITS:
                    self.walk(path, f"{where}.{key}".lstrip("."), child, in_biology)
        elif isinstance(node, list):
            for i, child in enumerate(node):
                self.walk(path, f"{where}[{i}]", child, in_biology)
        elif in_biology and (isinstance(node, (int, float)) or QUANTITY.match(str(node))):
            self.fail(path, where, "a number without range, status and source")

    def check_parameter(self, path, where, table):
        self.parameters += 1
        for key in sorted(REQUIRED - table.keys()):
            self.fail(path, where, f"'{key}' is missing")
        for key in sorted(table.keys() - ALLOWED):
            self.fail(path, where, f"unknown key '{key}'")
        if table.get("status") not in STATUSES:
            self.fail(path, where, f"status '{table.get('status')}' is none of {sorted(STATUSES)}")
        self.check_range(path, where, table.get("value"), table.get("range"))
        self.check_source(path, where, table.get("source"))
        self.check_where_measured(path, where, table)

    def check_range(self, path, where, value, interval):
        if not isinstance(interval, list) or len(interval) != 2:
            self.fail(path, where, "range must be two quantities")
            return
        numbers, units = zip(*(split(item) for item in (value, *interval)))
        if len(set(units)) != 1:
            self.fail(path, where, f"value and range are in different units: {units}")
        elif not numbers[1] <= numbers[0] <= numbers[2]:
            self.fail(path, where, f"value {value} is outside its range {interval}")
        elif numbers[1] == numbers[2]:
            self.fail(path, where, "range is a point")

    def check_source(self, path, where, source):
        if not isinstance(source, str) or len(source.strip()) < 5:
            self.fail(path, where, "source is empty")

    def check_where_measured(self, path, where, table):
        organism = table.get("organism")
        if organism is None and self.kind(path) in ("factors", "conditions"):
            self.fail(path, where, "'organism' is missing")
        if organism is not None and not set(organism.split(", ")) <= ORGANISMS:
            self.fail(path, where, f"organism '{organism}' is not made of {sorted(ORGANISMS)}")
        if table.get("status") == "verified" and not CITATION.search(table.get("source", "")):
            self.fail(path, where, "verified without a reference")

    def check_sum(self, path, what, numbers, wanted, tolerance):
        if abs(math.fsum(numbers) - wanted) > tolerance:
            self.fail(path, what, f"sums to {math.fsum(numbers):.6g}, must be {wanted}")

    def check_organism(self, path, document):
        organs, vessels = document["organ"], document["vessel"]
        self.check_sum(path, "organ.*.flow_share", values(organs, "flow_share"), 1, 1e-12)
        self.check_sum(path, "muscle.fiber_type[].share", values(document["muscle"]["fiber_type"], "share"), 1, 1e-12)
        blood_volume = 1.950 if document["name"] == "mouse" else None
        if blood_volume is not None:  # given to a microliter
            self.check_sum(path, "blood in ml", values(organs, "blood") + values(vessels, "blood"), blood_volume, 5e-4)
        for name, organ in organs.items():
            if "drains_into" in organ and organ["drains_into"] not in organs:
                self.fail(path, f"organ.{name}.drains_into", "is no organ")
            if ("interstitium" in organ) != ("lymph" in organ):
                self.fail(path, f"organ.{name}", "interstitium and lymph come together")

        self.check_modes(path, document)

    def check_modes(self, path, document):
        modes = document["mode"]
        if document.get("default_mode") not in modes:
            self.fail(path, "default_mode", f"is none of {sorted(modes)}")
        share = {name: split(mode["working_share"]["value"])[0] for name, mode in modes.items()}
        if share.get("lift", share["run"]) != share["run"]:
            self.fail(path, "mode.lift.working_share", "must be that of run: sessions of one schedule share the muscles")

    def check_factor(self, path, document, species):
        if document.get("name") != path.stem:
            self.fail(path, "name", "must be the name of the file")
        for number, effect in enumerate(document.get("effect", [])):
            self.check_effect(path, f"effect[{number}]", effect)
        for name, organism in document.get("organism", {}).items():
            self.check_clearance(path, f"organism.{name}.", organism)
        here = {p.parent.name for p in self.documents if p.parent.parent == path.parent and p.name == path.name}
        for name in sorted(species - here - set(document.get("organism", {}))):
            self.fail(path, "species", f"no {name}/{path.name} with its values in that species")

    def check_factor_in_species(self, path, document):
        if path.parent.parent / path.name not in self.documents:
            self.fail(path, "name", f"no {path.name} in factors/ to go with it")
        if not (self.folder / "organisms" / f"{path.parent.name}.toml").is_file():
            self.fail(path, "folder", "is no organism")
        self.check_clearance(path, "", document)
        carrier = "carrier" in document["barrier"]
        if carrier == ("influx" in document["barrier"]):
            self.fail(path, "barrier", "needs either influx and efflux or a carrier")
        for conversion in document.get("conversion", []):
            if path.with_stem(conversion["into"]) not in self.documents:
                self.fail(path, "conversion.into", f"'{conversion['into']}' is no factor here")

    def check_condition(self, path, document):
        """A condition changes what there is, and keeps sums."""
        inside = path.relative_to(self.folder / "conditions")
        species = self.folder / "organisms" / f"{inside.parts[0]}.toml"
        if species not in self.documents:
            self.fail(path, "folder", "is no organism")
            return
        if len(inside.parts) == 3 and path.parent.with_suffix(".toml") not in self.documents:
            self.fail(path, "folder", f"no {path.parent.name}.toml that it goes with")
        types = {t["name"]: t["share"] for t in self.with_parts(species)["muscle"]["fiber_type"]}
        for name, change in document.get("organism", {}).get("muscle", {}).get("fiber_type", {}).items():
            if name not in types:
                self.fail(path, f"fiber_type.{name}", "is no type of this organism")
            types[name] = change.get("share", types.get(name))
        self.check_sum(path, "muscle.fiber_type.*.share", values_of(filter(None, types.values())), 1, 1e-12)
        for factor, change in document.get("factor", {}).items():
            below = self.documents.get(self.folder / "factors" / inside.parts[0] / f"{factor}.toml", {})
            names = {source["name"] for source in below.get("source", [])}
            for name in change.get("organism", {}).get(inside.parts[0], {}).get("source", {}):
                if name not in names:
                    self.fail(path, f"factor.{factor}.source.{name}", f"is none of {sorted(names)}")

    def check_variation(self, path, document, species):
        if path.stem not in species | {"none"}:
            self.fail(path, "name", "must be that of an organism")
        traits = document.get("trait", {})
        for name, trait in traits.items():
            if not {"meaning", "scales", "shape", "variation", *LIMITS} <= trait.keys():
                self.fail(path, f"trait.{name}", "needs meaning, scales, shape, variation, lowest and highest")
        for correlation in document.get("correlation", []):
            for name in set(correlation["between"]) - traits.keys():
                self.fail(path, "correlation", f"'{name}' is no trait")

    def check_clearance(self, path, where, values):
        self.check_sum(path, f"{where}clearance_share", values_of(values["clearance_share"].values()), 1, 1e-12)

    def check_effect(self, path, where, effect):
        """No fold of occupancy may turn the factor on a rate negative, at any corner of the ranges."""
        if effect.get("process") not in PROCESSES:
            self.fail(path, where, f"process '{effect.get('process')}' is none of {sorted(PROCESSES)}")
        low, high = (split(bound)[0] for bound in effect["dependence"]["range"])
        if effect.get("kind", "drive") == "gate":
            if not 0 <= low <= high <= 1 or "half_activation" in effect:
                self.fail(path, where, "a gate has a dependence within 0..1 and no half_activation")
            return
        least, most = (split(bound)[0] for bound in effect["half_activation"]["range"])
        if not -1 <= low <= high <= 1 or least <= 0 or low * most <= -1:
            self.fail(path, where, "a drive needs dependence within -1..1 and dependence x half_activation above -1")


def split(item):
    """Number and unit of "25 g" or 0.45; nothing readable gives not-a-number, which lies in no range."""
    if isinstance(item, (int, float)) and not isinstance(item, bool):
        return float(item), ""
    match = QUANTITY.match(item) if isinstance(item, str) else None
    return (float(match[1]), match[2]) if match else (math.nan, str(item))


def values_of(tables):
    return [split(table["value"])[0] for table in tables]


def values(tables, key):
    rows = tables.values() if isinstance(tables, dict) else tables
    return values_of(row[key] for row in rows)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    checker = Checker(Path(arguments[1]).resolve())
    files = sorted(checker.folder.glob("*/**/*.toml"))
    if not files:
        checker.problems.append(f"{arguments[1]}: holds no configuration")
    for path in files:
        checker.check_file(path)
    checker.check_together()
    checker.read_laws()
    checker.problems += [f"references.bib: {key} is cited nowhere" for key in sorted(checker.known - checker.cited)]
    for problem in checker.problems:
        print(problem, file=sys.stderr)
    print(f"{len(files)} files, {checker.parameters} parameters, {len(checker.problems)} problems")
    return 1 if checker.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
