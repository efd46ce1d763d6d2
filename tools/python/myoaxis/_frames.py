"""What all groups get beyond what is in the file: days, names of codes, tables of agents and events."""
import numpy
import pandas
import xarray

SECONDS_PER_DAY = 86400.0
# Rows are written at the end of the step that reaches their time, and a step lasts at most an hour.
LONGEST_STEP = 3600.0


class NamesAsAttributes:
    """Gives what `self[name]` gives for each of `self.groups` as an attribute, too."""

    def __getattr__(self, name):
        groups = self.__dict__.get("groups", ())
        if name.startswith("_") or name not in groups:
            raise AttributeError(f"{self.__class__.__name__} has no {name!r}; groups: {', '.join(groups)}")
        return self[name]

    def __dir__(self):
        return [*super().__dir__(), *(name for name in self.groups if name.isidentifier())]


def with_day(data):
    """The Dataset with a coordinate `day`: days since day 0, 00:00, of each `time` (of each session, its `start`)."""
    source = next((name for name in ("time", "start") if name in data and data[name].attrs.get("units") == "s"), None)
    if source is None:
        return data
    about = {"units": "d", "long_name": f"{data[source].attrs.get('long_name', source)}, in days"}
    day = xarray.Variable(data[source].dims, data[source].values / SECONDS_PER_DAY, about)
    return data.assign_coords(day=day)


def names_of(codes, about):
    """Texts in place of codes, by the attributes of the data set; a code without a name is missing (NaN)."""
    meanings = dict(zip(numpy.atleast_1d(about["flag_values"]), about["flag_meanings"].split()))
    return pandas.Series(numpy.ravel(codes)).map(meanings).to_numpy(object).reshape(numpy.shape(codes))


def with_names(data):
    """The Dataset with names in place of codes."""
    coded = {name: one for name, one in data.variables.items() if "flag_meanings" in one.attrs}
    described = {"flag_values", "flag_meanings"}
    return data.assign({name: (one.dims, names_of(one.values, one.attrs),
                               {key: text for key, text in one.attrs.items() if key not in described})
                        for name, one in coded.items()})


def is_table(data):
    """Whether a row is a thing of its own, which no other run has: an agent in a snapshot, an event, an outcome."""
    return "snapshot_index" in data or bool({"event", "outcome"} & set(data.dims))


def as_table(data):
    """A DataFrame with a row an agent, event or outcome; codes are categories, units are in `.attrs["units"]`.

    Agents have the number of their `snapshot` and its `time` (s) and `day`.
    """
    rows = data.drop_dims("snapshot", errors="ignore")
    table = rows.to_dataframe()
    units = {name: one.attrs["units"] for name, one in data.variables.items() if "units" in one.attrs}
    for name, one in rows.variables.items():
        if "flag_meanings" in one.attrs:
            table[name] = pandas.Categorical(names_of(one.values, one.attrs), one.attrs["flag_meanings"].split())
    if "snapshot_index" in table:
        table = with_time_of_snapshot(table, data)
    elif "time" in table:
        table = moved_to_front(table.drop(columns="day", errors="ignore").assign(day=table.time / SECONDS_PER_DAY), ["time", "day"])
    if "value" in table:
        table = moved_to_front(table, ["value", "unit"])
    table.attrs["units"] = {name: unit for name, unit in (units | {"day": "d"}).items() if name in table}
    return table


def with_time_of_snapshot(table, data):
    # A live file may have agents of a snapshot whose time is not there yet.
    table = table[table.snapshot_index < data.sizes["snapshot"]].rename(columns={"snapshot_index": "snapshot"})
    time = data.time.values[table.snapshot]
    return moved_to_front(table.assign(time=time, day=time / SECONDS_PER_DAY), ["snapshot", "time", "day"])


def moved_to_front(table, first):
    return table[first + [name for name in table if name not in first]]


def number_of_snapshot(times, wanted, where):
    """Which of the snapshots was taken at the wanted time (s); the last one for None. ValueError lists what there is."""
    if not len(times):
        raise ValueError(f"{where} has no snapshots; [output] snapshots asks for some")
    if wanted is None:
        return len(times) - 1
    nearest = int(numpy.abs(times - wanted).argmin())
    if abs(times[nearest] - wanted) > LONGEST_STEP:
        days = ", ".join(f"{time / SECONDS_PER_DAY:g}" for time in times)
        raise ValueError(f"{where} has no snapshot of day {wanted / SECONDS_PER_DAY:g}; there are some of day {days}")
    return nearest
