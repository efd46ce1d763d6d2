#!/usr/bin/python3
"""Checks that a results file obeys the rules by which HDF5 opens everywhere; prints each violation, exits 1 on any.

Usage: contract_rules.py FILE...

The rules come from observed failures of readers: see io/README.md. Both engines of xarray must open each group, and
see the same variables, none dropped and none turned into dates.
"""
import json
import subprocess
import sys

import h5py
import numpy as np

ENGINES = ("h5netcdf", "netcdf4")
ALLOWED_FILTERS = {h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_FLETCHER32}
DECODED_UNITS = {"days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}
# Written by the dimension-scale interface itself.
SCALE_ATTRIBUTES = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"}

READ_ALL_GROUPS = """
import json, sys, xarray
for group in json.loads(sys.argv[3]):
    try:
        with xarray.open_dataset(sys.argv[1], group=group, engine=sys.argv[2]) as data:
            data.load()
            seen = {name: [list(v.dims), list(v.shape), v.dtype.kind] for name, v in data.variables.items()}
        print(json.dumps([group, seen, ""]), flush=True)
    except Exception as error:
        print(json.dumps([group, {}, repr(error)]), flush=True)
"""


def type_violations(h5type, what):
    kind = h5type.get_class()
    if kind == h5py.h5t.STRING:
        if not h5type.is_variable_str():
            yield f"{what}: text of fixed length"
        elif h5type.get_cset() != h5py.h5t.CSET_UTF8:
            yield f"{what}: text that is not UTF-8"
    elif kind not in (h5py.h5t.INTEGER, h5py.h5t.FLOAT):
        yield f"{what}: neither number nor text (enum, bool, compound, reference and the like are dropped)"


def attribute_violations(thing, name):
    for attribute in thing.attrs:
        if attribute not in SCALE_ATTRIBUTES:
            yield from type_violations(thing.attrs.get_id(attribute).get_type(), f"{name}@{attribute}")


def scale_violations(data, name):
    """Each dimension has one scale, from the same group, as long as the data."""
    if h5py.h5ds.is_scale(data.id):
        return
    for i, dimension in enumerate(data.dims):
        if len(dimension) != 1:
            yield f"{name}: dimension {i} has {len(dimension)} scales, must have one"
            continue
        scale = dimension[0]
        if scale.parent.name != data.parent.name:
            yield f"{name}: its scale {scale.name} is of another group"
        if scale.shape[0] != data.shape[i]:
            yield f"{name}: {data.shape[i]} entries along {scale.name}, which has {scale.shape[0]}"


def code_violations(data, name):
    values = data.attrs.get("flag_values")
    meanings = str(data.attrs.get("flag_meanings", "")).split()
    if data.dtype != np.uint8 or values is None or np.asarray(values).dtype != np.uint8:
        yield f"{name}: codes and their flag_values must be uint8"
    elif len(np.atleast_1d(values)) != len(meanings):
        yield f"{name}: {len(np.atleast_1d(values))} flag_values, but {len(meanings)} flag_meanings"
    elif data.size and not np.isin(data[()], values).all():
        yield f"{name}: holds codes without a meaning"
    if "units" in data.attrs:
        yield f"{name}: a code has no units"


def unit_violations(data, name):
    if data.dtype.kind not in "iuf":
        return
    if "flag_meanings" in data.attrs or "flag_values" in data.attrs:
        yield from code_violations(data, name)
    elif not data.attrs.get("units"):
        yield f"{name}: no units"
    elif data.attrs["units"] in DECODED_UNITS:
        yield f"{name}: units {data.attrs['units']!r} become time differences; write s, min, h, d"


def storage_violations(data, name):
    properties = data.id.get_create_plist()
    used = {properties.get_filter(i)[0] for i in range(properties.get_nfilters())}
    if not used <= ALLOWED_FILTERS:
        yield f"{name}: filters {sorted(used - ALLOWED_FILTERS)} are not everywhere"
    if None in data.maxshape and data.id.get_type().get_class() == h5py.h5t.STRING:
        yield f"{name}: growing texts forbid live reading"


def dataset_violations(data, name):
    yield from type_violations(data.id.get_type(), name)
    yield from scale_violations(data, name)
    yield from unit_violations(data, name)
    yield from storage_violations(data, name)
    if not data.attrs.get("long_name"):
        yield f"{name}: no long_name"


def vtk_violations(file):
    group = file.get("VTKHDF")
    if group is None:
        return
    if not file.filename.endswith(".hdf"):
        yield "VTKHDF: the file's name must end in .hdf"
    kind = group.attrs.get("Type")
    kind = kind.decode() if isinstance(kind, bytes) else kind
    if tuple(group.attrs.get("Version", ())) != (1, 0) or kind != "UnstructuredGrid":
        yield "VTKHDF: must be an UnstructuredGrid of Version 1 0"


def walk(group):
    """All groups and data sets below `group`, and the links that lead out of the file."""
    for name in group:
        link = group.get(name, getlink=True)
        if group.name == "/" and name == "VTKHDF":
            continue
        if isinstance(link, h5py.ExternalLink):
            yield group.name.rstrip("/") + "/" + name, link
            continue
        thing = group[name]
        yield thing.name, thing
        if isinstance(thing, h5py.Group):
            yield from walk(thing)


def file_violations(file):
    if file.id.get_create_plist().get_version()[0] < 3:
        yield "the format is older than HDF5 1.10: no live reading"
    yield from attribute_violations(file, "/")
    yield from vtk_violations(file)
    for name, thing in walk(file):
        if isinstance(thing, h5py.ExternalLink):
            yield f"{name}: external link; use a virtual data set"
            continue
        yield from attribute_violations(thing, name)
        if isinstance(thing, h5py.Dataset):
            yield from dataset_violations(thing, name)


def datasets_by_group(file):
    groups = {}
    for name, thing in walk(file):
        if isinstance(thing, h5py.Dataset):
            groups.setdefault(thing.parent.name, {})[name.rsplit("/", 1)[1]] = thing.shape
    return groups


def engine_violations(path, engine, groups):
    """A process of its own: netCDF-C may crash on what it does not like."""
    done = subprocess.run([sys.executable, "-c", READ_ALL_GROUPS, path, engine, json.dumps(list(groups))],
                          capture_output=True, text=True, check=False)
    answers = {group: (seen, error) for group, seen, error in map(json.loads, done.stdout.splitlines())}
    for group, datasets in groups.items():
        seen, error = answers.get(group, ({}, f"the engine crashed with code {done.returncode}"))
        if error:
            yield f"{group}: {engine} cannot open it: {error}"
            continue
        for name, shape in datasets.items():
            if name not in seen:
                yield f"{group}/{name}: dropped by {engine}"
            elif tuple(seen[name][1]) != shape:
                yield f"{group}/{name}: {engine} sees shape {seen[name][1]}, it is {list(shape)}"
            elif seen[name][2] in "mM":
                yield f"{group}/{name}: {engine} reads dates"
            elif any(d.startswith("phony_dim") for d in seen[name][0]):
                yield f"{group}/{name}: {engine} finds no dimension names"


def violations(path):
    with h5py.File(path, "r") as file:
        found = list(file_violations(file))
        groups = datasets_by_group(file)
    for engine in ENGINES:
        found += engine_violations(path, engine, groups)
    return found, groups


def main(paths):
    if not paths:
        sys.exit(__doc__)
    bad = False
    for path in paths:
        found, groups = violations(path)
        bad = bad or bool(found)
        for violation in found:
            print(f"{path}: VIOLATION {violation}")
        if not found:
            print(f"{path}: OK, {len(groups)} groups, {sum(map(len, groups.values()))} data sets")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
