"""`myoaxis network solve` as a user meets it: its summary, its file, its refusals."""
import json
import os
import resource
import subprocess

import h5py
import numpy as np
import pytest

from conftest import PROGRAM, SOURCE, call, clean_environment, listing, refused

SHIPPED = SOURCE / "configs/networks"


@pytest.fixture
def diamond(tmp_path):
    (tmp_path / "diamond.dat").write_text((SHIPPED / "diamond.dat").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def solved(folder, *options):
    done = call("network", "solve", "diamond.dat", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_summary_tells_what_was_solved(diamond):
    text = solved(diamond)
    for part in ("7, and 0 of other types ignored", "1 of pressure, 1 of flow", "converged in", "inflow        6 nl/min",
                 "transit time  mean", "at 5, 50 and 95 %"):
        assert part in text


def test_file_holds_flows_in_customary_units(diamond):
    solved(diamond, "-o", "out.h5", "--viscosity", "constant", "--no-phase-separation")
    with h5py.File(diamond / "out.h5") as file:
        assert set(file["segments"]) >= {"name", "from", "to", "diameter", "length", "flow", "velocity", "hematocrit",
                                         "viscosity", "wall_shear_stress", "tube_hematocrit"}
        assert set(file["nodes"]) >= {"name", "pressure", "x", "y", "z"}
        segments = {name: data[:] for name, data in file["segments"].items()}
        units = {name: data.attrs.get("units") for name, data in file["segments"].items()}
        assert file.attrs["converged"] == 1 and file.attrs["format"] == "myoaxis network"
        assert [*file["segments/name"].asstr()] == ["1", "2", "3", "4", "5", "6", "7"]
        assert [*file["segments/from"].asstr()][4] == "5" and [*file["segments/to"].asstr()][4] == "4"
        pressure = dict(zip(file["nodes/name"].asstr(), file["nodes/pressure"]))
    # By hand: 6 nl/min divide as 10^4 to 8^4; the drop of the drain at 3 mPa s, 100 um, 14 um.
    upper, lower = 6 * 1e4 / 14096, 6 * 4096 / 14096
    assert segments["flow"] == pytest.approx([6, upper, upper, lower, -lower, 0, 6], abs=1e-9)
    assert segments["velocity"][0] == pytest.approx(6e-12 / 60 / (np.pi / 4 * 14e-6**2) * 1e3)
    assert segments["wall_shear_stress"][0] == pytest.approx(32 * 3e-3 * 1e-13 / (np.pi * 14e-6**3))
    drain = 128 * 3e-3 * 100e-6 * 1e-13 / (np.pi * 14e-6**4) / 133.322
    assert pressure["5"] == pytest.approx(15 + drain)
    assert segments["flow"][1] != pytest.approx(1.02 * upper, rel=1e-3)
    assert (units["flow"], units["diameter"], units["viscosity"]) == ("nl/min", "um", "mPa s")
    assert units["wall_shear_stress"] == "Pa"


def test_cells_follow_the_faster_way(diamond):
    solved(diamond, "-o", "out.h5")
    with h5py.File(diamond / "out.h5") as file:
        hematocrit, flow = file["segments/hematocrit"][:], file["segments/flow"][:]
    assert hematocrit[1] > 0.45 > hematocrit[3]
    assert hematocrit[1] * flow[1] + hematocrit[3] * flow[3] == pytest.approx(0.45 * 6, rel=1e-9)


def test_json_says_the_same(diamond):
    answer = json.loads(solved(diamond, "--json"))
    assert answer["format_version"] == 1 and answer["converged"] is True
    assert answer["segments"] == 7 and answer["boundaries"] == {"pressure": 1, "flow": 1}
    assert answer["inflow_nl_per_min"] == pytest.approx(6)
    assert answer["conservation_error"] < 1e-10
    assert answer["transit_time"]["mean_s"] == pytest.approx(answer["volume_nl"] / 6 * 60, rel=1e-6)


def test_an_output_is_replaced_only_when_asked(diamond):
    solved(diamond, "-o", "out.h5")
    assert "--overwrite" in refused("network", "solve", "diamond.dat", "-o", "out.h5", cwd=diamond)
    solved(diamond, "-o", "out.h5", "--overwrite")
    assert "is the network itself" in refused("network", "solve", "diamond.dat", "-o", "diamond.dat", "--overwrite",
                                              cwd=diamond)
    refused("network", "solve", "diamond.dat", "-o", "nowhere/out.h5", cwd=diamond, code=1)


def test_what_did_not_converge_is_written_and_marked(diamond):
    done = call("network", "solve", "diamond.dat", "-o", "out.h5", "--iterations", "2", cwd=diamond)
    assert done.returncode == 1
    assert "not converged in 2 iterations" in done.stderr and "segment '" in done.stderr
    with h5py.File(diamond / "out.h5") as file:
        assert file.attrs["converged"] == 0


@pytest.mark.parametrize("old, new, place, reason", [
    ("  2	5	2	3	10.", "  2	5	2	3	0.", "diamond.dat:10:", "the diameter 0 um"),
    ("  2	5	2	3	10.", "  2	5	2	3	nan", "diamond.dat:10:", "'nan' is no finite number"),
    ("  6	320.	100.	0.", "  5	320.	100.	0.", "diamond.dat:23:", "two nodes are called '5'"),
    ("  6	0	15.	0.45", "  6	2	-6.	0.45", "diamond.dat:18:", "no pressure boundary"),
    ("  2	total number of boundary", "  1	total number of boundary", "diamond.dat:27:", "more boundary nodes"),
])
def test_a_malformed_network_is_refused(diamond, old, new, place, reason):
    path = diamond / "diamond.dat"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    message = refused("network", "solve", "diamond.dat", "-o", "out.h5", cwd=diamond)
    assert place in message and reason in message


def test_a_truncated_file_is_refused(diamond):
    path = diamond / "diamond.dat"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:len(text) * 2 // 3], encoding="utf-8")
    assert "diamond.dat:" in refused("network", "solve", "diamond.dat", cwd=diamond)


def little():
    """Half a gigabyte, and seconds of a CPU: where others use it, too, it takes longer."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
    resource.setrlimit(resource.RLIMIT_CPU, (5, 5))


@pytest.mark.parametrize("head", [b"", b"title\n", None])
def test_a_hundred_megabytes_of_noise_cost_neither_time_nor_memory(tmp_path, head):
    noise = tmp_path / "noise.dat"
    with noise.open("wb") as file:
        file.write((SHIPPED / "y.dat").read_bytes()[:420] if head is None else head)
        block = os.urandom(1 << 20)
        for _ in range(100):
            file.write(block)
    done = subprocess.run([str(PROGRAM), "network", "solve", "noise.dat"], cwd=tmp_path, capture_output=True, text=True,
                          check=False, timeout=300, env=clean_environment(), preexec_fn=little)
    noise.unlink()
    assert done.returncode == 2, done.stderr
    assert "noise.dat:" in done.stderr and len(done.stderr) < 4000
    assert listing(tmp_path) == {}


@pytest.mark.parametrize("name", ["y.dat", "diamond.dat", "tree.dat"])
def test_shipped_networks_converge(tmp_path, name):
    done = call("network", "solve", SHIPPED / name, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["conservation_error"] < 1e-10


def test_an_imported_network_becomes_part_of_the_resolved_configuration(diamond):
    experiment = diamond / "experiment.toml"
    experiment.write_text((SOURCE / "configs/experiments/endurance.toml").read_text()
                          + '\n[circulation]\nmuscle_network = "diamond.dat"\n')
    environment = clean_environment(MYOAXIS_CONFIGS=str(SOURCE / "configs"))
    resolved = subprocess.run([PROGRAM, "check", experiment], capture_output=True, text=True, env=environment)
    assert resolved.returncode == 0, resolved.stderr
    assert "muscle_network_text" in resolved.stdout
    alone = diamond / "elsewhere" / "alone.toml"
    alone.parent.mkdir()
    alone.write_text(resolved.stdout)
    again = subprocess.run([PROGRAM, "check", alone], capture_output=True, text=True, env=environment)
    assert again.stdout == resolved.stdout
    plan = subprocess.run([PROGRAM, "run", alone, "--dry-run"], capture_output=True, text=True, env=environment)
    assert plan.returncode == 0, plan.stderr


def test_a_broken_network_of_an_experiment_is_refused_with_its_line(diamond):
    experiment = diamond / "experiment.toml"
    experiment.write_text((SOURCE / "configs/experiments/endurance.toml").read_text()
                          + '\n[circulation]\nmuscle_network = "broken.dat"\n')
    (diamond / "broken.dat").write_text("\n".join((diamond / "diamond.dat").read_text().splitlines()[:-3]))
    environment = clean_environment(MYOAXIS_CONFIGS=str(SOURCE / "configs"))
    result = subprocess.run([PROGRAM, "check", experiment], capture_output=True, text=True, env=environment)
    assert result.returncode == 2
    assert "broken.dat:" in result.stderr and "circulation.muscle_network" in result.stderr
