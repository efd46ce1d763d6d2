"""The benchmark: every kernel has a time, a limit and a checksum; nothing depends on how often it is repeated."""
import json

import pytest
from conftest import call, refused

KERNELS = {"packet_move", "transport_step", "emission", "fiber_step", "lineage_agent", "synapse_update"}
LIMITS = {"philox_word", "triad", "arithmetic", "plain_write"}
QUICK = ("--repetitions", 2, "--seconds", 0.001)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    done = call("bench", "--json", "bench.json", "--threads", 2, *QUICK, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads((folder / "bench.json").read_text(encoding="utf-8"))


def test_every_kernel_is_timed_beside_its_limit(bench):
    _, results = bench
    assert results["version"] == 1
    assert {kernel["name"] for kernel in results["kernels"]} == KERNELS | LIMITS
    for kernel in results["kernels"]:
        assert kernel["items"] > 0
        assert kernel["ns_per_item"] > 0
        assert kernel["spread"] >= 0
        assert len(kernel["checksum"]) == 16
        assert kernel["ratio"] == pytest.approx(kernel["ns_per_item"] / kernel["limit_ns"])


def test_the_machine_is_measured(bench):
    _, results = bench
    assert all(value for value in results["machine"].values())
    assert results["machine"]["triad_gb_per_s"] > 0.1


def test_any_number_of_threads_gives_the_same_result(bench):
    _, results = bench
    found = {}
    for kernel in results["kernels"]:
        found.setdefault((kernel["name"], kernel["state"]), set()).add((kernel["items"], kernel["checksum"]))
    assert all(len(results) == 1 for results in found.values())
    assert {kernel["threads"] for kernel in results["kernels"]} >= {1}


def test_the_table_has_a_line_for_each_kernel(bench):
    stdout, results = bench
    for kernel in results["kernels"]:
        assert any(line.startswith(kernel["name"]) and kernel["checksum"] in line for line in stdout.splitlines())


@pytest.mark.parametrize("arguments, mention", [
    (["--json", "missing/bench.json"], "missing/bench.json"),
    (["--threads", "0"], "--threads"),
    (["--repetitions", "none"], "none"),
    (["--kernel", "emision"], "emission"),
    (["extra"], "extra"),
])
def test_a_wrong_command_is_refused(arguments, mention, tmp_path):
    assert mention in refused("bench", *arguments, cwd=tmp_path)
