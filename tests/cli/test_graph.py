"""Graph experiments: a transport graph of the user's own, run by every engine and held against closed forms.

Bounds are five standard errors of binomial or Poisson numbers, with fixed seeds: some thirty checks, 6e-7 each.
"""
import math

import h5py
import numpy as np
import pytest
from conftest import SOURCE, call, listing, place, refused
from contract_rules import violations

TUBE = SOURCE / "configs/experiments/tube.toml"
COMPARTMENTS = SOURCE / "configs/experiments/two_compartments.toml"
ENGINES = ("particles", "counts", "mean")
PACKETS = 100_000
Z = 5


def run(folder, path, *arguments, name="out.h5"):
    done = call("run", path, "-o", name, "--overwrite", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / name


def values(path, *names):
    with h5py.File(path) as file:
        return [file[name][:] for name in names]


def named(path, group, scale, name):
    with h5py.File(path) as file:
        return [entry.decode() for entry in file[f"{group}/{scale}"]].index(name)




# The capillary of the experiment by its closed forms.
LENGTH, RADIUS, VELOCITY, DIFFUSION, DECAY = 1e-3, 3e-6, 5e-4, 7.2e-11, 0.2
TRANSIT = LENGTH / VELOCITY


def peclet(radius=RADIUS):
    dispersion = DIFFUSION * (1 + (VELOCITY * radius / DIFFUSION) ** 2 / 48)
    return VELOCITY * LENGTH / dispersion


def survival(decay):
    pe = peclet()
    a = math.sqrt(1 + 4 * decay * TRANSIT / pe)
    return 4 * a * math.exp((1 - a) * pe / 2) / ((1 + a) ** 2 - (1 - a) ** 2 * math.exp(-a * pe))


def variance(radius=RADIUS):
    pe = peclet(radius)
    return TRANSIT**2 * (2 / pe - 2 / pe**2 * (1 - math.exp(-pe)))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_capillary_lets_through_what_survives(engine, tmp_path):
    packets = 1_000_000
    out = run(tmp_path, TUBE, "--set", f"transport.engine={engine}", "--set", f"transport.packets={packets}")
    amount, = values(out, "sinks/amount")
    vein = named(out, "sinks", "sink", "vein")
    share = amount[-1, vein] / amount[-1].sum()
    assert amount[-1].sum() == pytest.approx(1e-15, rel=1e-9)  # all of it has left
    error = 1e-4 if engine == "mean" else Z * math.sqrt(survival(DECAY) * (1 - survival(DECAY)) / packets)
    assert abs(share - survival(DECAY)) < error
    assert abs(share - survival(1.02 * DECAY)) > error


@pytest.mark.parametrize("engine", ENGINES)
def test_the_transit_has_its_mean_and_variance(engine, tmp_path):
    stable = tmp_path / "stable.toml"
    stable.write_text(TUBE.read_text().replace('decay = "0.2 s-1"\n', ""))
    out = run(tmp_path, stable, "--set", f"transport.engine={engine}")
    time, amount = values(out, "sinks/time", "sinks/amount")
    left = 1 - amount[:, 0] / amount[-1, 0]
    step = time[1]
    mean = step * (left.sum() - left[0] / 2)
    # The trapezoids of t (1 - F) miss step^2/12 at t = 0, where its slope is 1; elsewhere they are exact.
    spread = 2 * (step * (left * time).sum() + step**2 / 12) - mean**2
    mean_error = 1e-5 if engine == "mean" else Z * math.sqrt(variance() / PACKETS)
    # A sum of many passages is nearly normal, so its variance has the relative error sqrt(2/n); cells cost 0.15 %.
    spread_error = variance() * (0.002 + (0 if engine == "mean" else Z * math.sqrt(2 / PACKETS)))
    assert abs(mean - TRANSIT) < mean_error
    assert abs(mean - 1.02 * TRANSIT) > mean_error
    assert abs(spread - variance()) < spread_error
    assert abs(spread - variance(1.02 * RADIUS)) > spread_error


def plasma(t, out=0.12 / 3):
    """Share of a bolus in plasma after t minutes, and its integral up to then."""
    there, back = 0.2 / 3, 0.2 / 11
    total = out + there + back
    root = math.sqrt(total**2 - 4 * out * back)
    fast, slow = (total + root) / 2, (total - root) / 2
    share = (fast - back) / (fast - slow)
    here = share * np.exp(-fast * t) + (1 - share) * np.exp(-slow * t)
    until = share / fast * (1 - np.exp(-fast * t)) + (1 - share) / slow * (1 - np.exp(-slow * t))
    return here, until


@pytest.mark.parametrize("engine", ENGINES)
def test_two_compartments_follow_the_textbook(engine, tmp_path):
    """The content in mmol after 10 min, 1 h, at the plateau's approach and on it; one quantum is 2.44e-5 mmol."""
    out = run(tmp_path, COMPARTMENTS, "--set", f"transport.engine={engine}")
    time, content, concentration, volume = values(
        out, "transport/time", "transport/content", "transport/concentration", "transport/volume")
    assert np.allclose(concentration * volume, content, rtol=1e-14)
    content = 1e3 * content[:, named(out, "transport", "cell", "plasma")]
    quantum = (1 + 24 * 60 * 1e-3) / PACKETS

    def check(minute, drip, wrong_out):
        def expected(leaving):
            return plasma(minute, leaving)[0] + (1e-3 * plasma(minute - 720, leaving)[1] if drip else 0)
        row = int(np.flatnonzero(np.isclose(time, 60 * minute))[0])
        right, wrong = expected(0.04), expected(wrong_out)
        error = 1e-9 * right if engine == "mean" else Z * math.sqrt(right * quantum)
        assert abs(content[row] - right) < error
        if engine == "mean":
            assert abs(content[row] - wrong) > error

    check(10, False, 1.02 * 0.04)
    check(60, False, 1.02 * 0.04)
    check(12 * 60 + 60, True, 1.02 * 0.04)
    check(36 * 60, True, 1.02 * 0.04)
    if engine == "mean":  # rate over clearance: 8.33 umol/l
        assert content[-1] / 3 == pytest.approx(1e-3 / 0.12, rel=1e-3)
        assert content[-1] / 3 != pytest.approx(1e-3 / (1.02 * 0.12), rel=1e-3)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_put_in_is_there_or_gone(engine, tmp_path):
    for path in (TUBE, COMPARTMENTS):
        out = run(tmp_path, path, "--set", f"transport.engine={engine}")
        content, sinks, sources = values(out, "transport/content", "sinks/amount", "sources/amount")
        assert np.allclose(content.sum(1) + sinks.sum(1), sources.sum(1), rtol=1e-12, atol=0)
        assert violations(str(out))[0] == []


@pytest.mark.parametrize("path", [TUBE, COMPARTMENTS], ids=["tube", "compartments"])
@pytest.mark.parametrize("engine", ENGINES)
def test_threads_change_nothing(path, engine, tmp_path):
    names = ("transport/content", "sinks/amount")
    one = values(run(tmp_path, path, "--set", f"transport.engine={engine}", "--threads", "1", name="1.h5"), *names)
    two = values(run(tmp_path, path, "--set", f"transport.engine={engine}", "--threads", "2", name="2.h5"), *names)
    for a, b in zip(one, two):
        assert np.array_equal(a, b)


def test_another_seed_is_another_run(tmp_path):
    runs = [values(run(tmp_path, COMPARTMENTS, "--seed", seed), "transport/content")[0] for seed in (1, 2)]
    assert not np.array_equal(*runs)


def test_the_file_says_what_it_is_and_its_configuration_runs_again(tmp_path):
    out = run(tmp_path, COMPARTMENTS)
    with h5py.File(out) as file:
        about = dict(file.attrs)
    assert about["format"] == "myoaxis run" and about["status"] == "complete" and about["seed"] == 7
    (tmp_path / "again.toml").write_text(about["config_toml"])
    again = run(tmp_path, "again.toml", name="again.h5")
    with h5py.File(again) as file:
        assert file.attrs["state_hash"] == about["state_hash"]
        assert file.attrs["config_sha256"] == about["config_sha256"]
    assert call("check", COMPARTMENTS, cwd=tmp_path).stdout == about["config_toml"]
    assert call("info", "out.h5", cwd=tmp_path).returncode == 0


def test_outputs_are_as_safe_as_those_of_other_runs(tmp_path):
    run(tmp_path, COMPARTMENTS)
    before = listing(tmp_path)
    done = call("run", COMPARTMENTS, "-o", "out.h5", cwd=tmp_path)
    assert done.returncode == 0 and "complete" in done.stderr
    assert listing(tmp_path) == before
    assert "--overwrite" in refused("run", COMPARTMENTS, "-o", "out.h5", "--seed", "8", cwd=tmp_path)
    assert "--until" in refused("run", COMPARTMENTS, "-o", "new.h5", "--until", "day 1", cwd=tmp_path)
    refused("run", COMPARTMENTS, "-o", "missing/new.h5", cwd=tmp_path, code=1)
    dry = call("run", COMPARTMENTS, "-o", "new.h5", "--dry-run", cwd=tmp_path)
    assert dry.returncode == 0 and listing(tmp_path) == before


# File, what is replaced, by what, the text whose place is named, words of the message.
MISTAKES = {
    "unknown key": (TUBE, "radius = ", "raduis = ", "raduis", ["unknown key", "radius"]),
    "wrong dimension": (TUBE, '"3 um"', '"3 s"', '"3 s"', ["graph.tube[0].radius", "convertible to m"]),
    "wrong engine": (TUBE, '"particles"', '"particle"', '"particle"', ["transport.engine", "'particles'"]),
    "unknown outlet": (TUBE, 'outlet = "vein"', 'outlet = "vien"', '"vien"', ["'vein'", "capillary"]),
    "too few cells": (TUBE, "cells = 0", "cells = 20", "20\noutlet", ["at least 346"]),
    "too many cells": (TUBE, '"1 mm"', '"100 mm"', "[graph.tube]", ["allowed are 2000"]),
    "bolus after the end": (TUBE, 'amount = "1 fmol"', 'amount = "1 fmol"\nat = "4 s"', 'at = "4 s"', ["before the end"]),
    "between steps": (TUBE, 'amount = "1 fmol"', 'amount = "1 fmol"\nat = "0.03 s"', '"0.03 s"', ["multiple of graph.step"]),
    "unknown cell": (COMPARTMENTS, 'cell = "plasma"', 'cell = "plazma"', '"plazma"', ["there is no cell", "did you mean 'plasma'"]),
    "name twice": (COMPARTMENTS, 'name = "kidney"', 'name = "plasma"', '"plasma"\n\n[[graph.exchange', ["used twice"]),
    "rate and flow": (COMPARTMENTS, 'flow = ', 'rate = "1 s-1"\nflow = ', "[graph.path]", ["either rate or flow"]),
    "from a sink": (COMPARTMENTS, 'from = "plasma"', 'from = "kidney"', '"kidney"\nto', ["is a sink"]),
    "to itself": (COMPARTMENTS, 'to = "kidney"', 'to = "plasma"', '"plasma"\nflow', ["is the cell that it leaves"]),
    "exchange with a sink": (COMPARTMENTS, '"interstitium"]', '"kidney"]', '["plasma"', ["nothing returns"]),
    "empty infusion": (COMPARTMENTS, 'from = "12 h"', 'from = "36 h"', 'to = "36 h"', ["must be after from"]),
    "negative volume": (COMPARTMENTS, '"3 l"', '"-3 l"', '"-3 l"', ["graph.cell[0].volume", "must be"]),
    "an organism's key": (COMPARTMENTS, "seed = 7", 'seed = 7\nscale = "quick"', "scale", ["unknown key 'scale'"]),
}


@pytest.mark.parametrize("verb", ("run", "check"))
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place(mistake, verb, tmp_path):
    path, old, new, where, words = MISTAKES[mistake]
    text = path.read_text()
    assert old in text
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace(old, new, 1))
    message = refused(verb, "wrong.toml", cwd=tmp_path)
    line = place(wrong, where).rsplit(":", 2)[0] + ":"
    assert line in message, message
    for word in words:
        assert word in message, message


def test_a_graph_without_input_is_refused(tmp_path):
    text = TUBE.read_text()
    (tmp_path / "empty.toml").write_text(text[: text.index("[[graph.bolus]]")])
    assert "nothing is put in" in refused("run", "empty.toml", cwd=tmp_path)
