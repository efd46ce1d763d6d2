"""`myoaxis export`: what ParaView and spreadsheets get is what the results file has."""
import csv
import json
import shutil
import subprocess

import h5py
import numpy
import pytest
from conftest import SOURCE, call, refused
from contract_rules import vtk_violations

VTK_READER = """
import json, sys
from vtkmodules.vtkIOHDF import vtkHDFReader
reader = vtkHDFReader()
reader.SetFileName(sys.argv[1])
reader.Update()
grid = reader.GetOutput()
data = grid.GetCellData()
arrays = {data.GetArrayName(i): [data.GetArray(i).GetValue(k) for k in range(grid.GetNumberOfCells())]
          for i in range(data.GetNumberOfArrays())}
kinds = sorted({grid.GetCellType(i) for i in range(grid.GetNumberOfCells())})
print(json.dumps([grid.GetNumberOfPoints(), grid.GetNumberOfCells(), kinds, arrays]))
"""


@pytest.fixture(scope="module")
def exported(finished, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    done = call("export", finished.output, "--vtk", "vtk", "--csv", "csv", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "" and "fibers, vessels, niches, neurons at 2 times" in done.stderr
    return folder


def read_vtk(path):
    for python in (["/usr/bin/python3"], ["pvpython"]):
        if shutil.which(python[0]) is None:
            continue
        done = subprocess.run([*python, "-c", VTK_READER, str(path)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
        if "No module named" not in done.stderr:
            raise AssertionError(done.stderr)
    pytest.skip("neither python3-vtk9 nor ParaView is installed")


POINT, LINE, BENT_LINE = 1, 3, 4


@pytest.mark.parametrize("name, kinds", [("fibers", {LINE}), ("vessels", {LINE, BENT_LINE}), ("niches", {POINT}),
                                         ("neurons", {POINT})])
def test_a_series_has_a_file_for_each_snapshot(name, kinds, exported, finished):
    series = json.loads((exported / f"vtk/{name}.hdf.series").read_text())
    with h5py.File(finished.output) as file:
        assert [entry["time"] for entry in series["files"]] == list(file[name]["time"])
    for entry in series["files"]:
        path = exported / "vtk" / entry["name"]
        with h5py.File(path) as file:
            assert list(vtk_violations(file)) == []
            grid = file["VTKHDF"]
            cells = grid["NumberOfCells"][0]
            points = numpy.diff(grid["Offsets"])
            assert len(points) == cells == len(grid["Types"]) and points.sum() == len(grid["Points"])
            assert set(grid["Types"][:]) == kinds and numpy.isfinite(grid["Points"]).all()
            assert numpy.array_equal(grid["Types"][:], numpy.select([points == 1, points == 2], [POINT, LINE], BENT_LINE))
            assert all(len(data) == cells for data in grid["CellData"].values())


def column_of(file, path, snapshot):
    """Values of one column of a population in one snapshot."""
    group, name = path.split("/")
    return file[path][:][file[group]["snapshot_index"][:] == snapshot]


def test_vtk_reads_the_numbers_of_the_results(exported, finished):
    with h5py.File(finished.output) as file:
        _, cells, kinds, arrays = read_vtk(exported / "vtk/vessels.1.hdf")
        assert cells == len(file["vessels/cell"]) and kinds == [LINE, BENT_LINE]
        assert numpy.array_equal(arrays["flow [ml per min]"], file["vessels/flow"][1])
        assert numpy.array_equal(arrays["bdnf [pg per ml]"], file["vessels/bdnf"][1])
        _, cells, kinds, arrays = read_vtk(exported / "vtk/fibers.0.hdf")
        assert cells == len(arrays["unit"]) and kinds == [LINE]
        for title, path in (("mass [kg]", "fibers/mass"), ("fatigability", "fibers/fatigability"), ("key", "fibers/key")):
            assert arrays[title] == list(column_of(file, path, 0))
        _, cells, kinds, arrays = read_vtk(exported / "vtk/niches.1.hdf")
        assert kinds == [POINT] and numpy.array_equal(arrays["immature"], file["niches/cells"][1, :, 4])
        assert numpy.array_equal(arrays["bdnf_content [ng per g]"], file["niches/bdnf_content"][1])
        _, cells, kinds, arrays = read_vtk(exported / "vtk/neurons.1.hdf")
        assert arrays["key"] == list(column_of(file, "neurons/key", 1)) and kinds == [POINT]
        age = (file["neurons/time"][1] - column_of(file, "neurons/born", 1)) / 86400
        assert numpy.allclose(arrays["age [d]"], age, rtol=1e-12)


def test_a_cell_that_lives_on_in_its_stage_keeps_its_place(exported):
    places = []
    for snapshot in (0, 1):
        with h5py.File(exported / f"vtk/neurons.{snapshot}.hdf") as file:
            data = file["VTKHDF/CellData"]
            places.append(dict(zip(zip(data["key"][:], data["stage"][:]), map(tuple, file["VTKHDF/Points"][:]))))
    both = places[0].keys() & places[1].keys()
    assert len(both) > 100 and all(places[0][cell] == places[1][cell] for cell in both)


def test_codes_tell_what_numbers_stand_for(exported, finished):
    codes = {(row["drawing"], row["data"], int(row["number"])): row["meaning"] for row in rows_of(exported / "vtk/codes.csv")}
    with h5py.File(finished.output) as file, h5py.File(exported / "vtk/vessels.0.hdf") as drawn:
        names = [codes["vessels", "stretch", int(number)] for number in drawn["VTKHDF/CellData/stretch"]]
        assert names == list(file["vessels/stretch"].asstr())
        assert codes["neurons", "stage", 4] == "immature" and codes["vessels", "kind", 5] == "bed"


def paraview_runs():
    """Whether it is installed and starts, which says nothing about our files."""
    if shutil.which("pvpython") is None:
        return False
    probe = subprocess.run(["pvpython", "-c", "import paraview.simple"], capture_output=True, check=False)
    return probe.returncode == 0


def test_paraview_opens_the_series_with_its_times(exported, finished):
    if not paraview_runs():
        pytest.skip("ParaView is not installed, or does not run here")
    script = ("import sys\nfrom paraview.simple import *\nreader = OpenDataFile(sys.argv[1])\nreader.UpdatePipeline()\n"
              "print(list(reader.TimestepValues), reader.GetDataInformation().GetNumberOfCells())")
    done = subprocess.run(["pvpython", "-c", script, str(exported / "vtk/vessels.hdf.series")], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    with h5py.File(finished.output) as file:
        assert f"{list(map(float, file['vessels/time']))} {len(file['vessels/cell'])}" in done.stdout


def test_the_same_blood_passes_arteries_beds_and_veins(finished):
    with h5py.File(finished.output) as file:
        vessels = file["vessels"]
        kinds = dict(zip(vessels["kind"].attrs["flag_meanings"].split(), vessels["kind"].attrs["flag_values"]))
        flow, kind = vessels["flow"][0], vessels["kind"][:]
        output = flow[kind == kinds["arteries"]]
        assert numpy.allclose(output, output[0]) and numpy.allclose(flow[kind == kinds["veins"]], output[0])


def test_vessels_of_a_network_lie_where_they_are(folder):
    done = call("run", "short.toml", "--set", 'circulation.resolution="resolved"', "--until", "day 0 01:00", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert call("export", "short.h5", "--vtk", "vtk", cwd=folder).returncode == 0
    with h5py.File(folder / "short.h5") as file, h5py.File(folder / "vtk/network_hippocampus.0.hdf") as drawn:
        here = [name.decode() == "hippocampus" for name in file["vessels/stretch"]]
        x = file["vessels/x_from"][:][here]
        assert numpy.array_equal(drawn["VTKHDF/Points"][::2, 0].astype("f4"), x[numpy.isfinite(x)])


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_tables_have_every_number_of_the_results(exported, finished):
    columns = rows_of(exported / "csv/columns.csv")
    with h5py.File(finished.output) as file:
        blood = rows_of(exported / "csv/blood.time_site.csv")
        values = numpy.array([float(row["bdnf"]) for row in blood], dtype="f4").reshape(file["blood/bdnf"].shape)
        assert numpy.array_equal(values, file["blood/bdnf"])
        assert [row["site"] for row in blood[:2]] == ["artery", "vein"]
        events = rows_of(exported / "csv/events.event.csv")
        assert [int(row["cell"]) for row in events] == list(map(int, file["events/cell"]))
        assert {row["kind"] for row in events} <= {"birth", "death", "transition", "gliogenesis"}
        outcomes = rows_of(exported / "csv/outcomes.outcome.csv")
        assert [row["outcome"] for row in outcomes] == [name.decode() for name in file["outcomes/outcome"]]
        named = {(row["file"].split(".")[0], row["column"]) for row in columns}
        for group in file:
            assert {(group, name) for name in file[group]} <= named
    assert next(row for row in columns if row["column"] == "bdnf")["unit"] == "pg/ml"


def test_a_folder_with_something_in_it_is_kept(finished, folder):
    (folder / "out").mkdir()
    (folder / "out/notes").write_text("mine")
    message = refused("export", finished.output, "--csv", "out", cwd=folder)
    assert "out" in message and "notes" in message and "--overwrite" in message
    assert call("export", finished.output, "--csv", "out", "--overwrite", cwd=folder).returncode == 0
    assert (folder / "out/notes").read_text() == "mine" and (folder / "out/columns.csv").exists()
    assert not (folder / "out.partial").exists()


def test_an_export_replaces_an_earlier_one(finished, folder):
    assert call("export", finished.output, "--csv", "out", cwd=folder).returncode == 0
    assert call("export", finished.output, "--vtk", "out", cwd=folder).returncode == 0
    assert (folder / "out/codes.csv").exists() and not (folder / "out/columns.csv").exists()


def test_a_file_of_ones_own_is_not_replaced_by_one_of_the_same_name(finished, folder):
    (folder / "out").mkdir()
    (folder / "out/columns.csv").write_text("mine")
    message = refused("export", finished.output, "--csv", "out", "--overwrite", cwd=folder)
    assert "out/columns.csv" in message and "move it" in message


def leave_unfinished(finished, folder, lengths, status="running"):
    """The results as a crash may leave them: data sets of other lengths than their table."""
    shutil.copy(finished.output, folder / "cut.h5")
    with h5py.File(folder / "cut.h5", "r+") as file:
        file.attrs["status"] = status
        for name, length in lengths.items():
            file[name].resize(length, axis=0)
    return folder / "cut.h5"


def test_snapshots_that_are_whole_are_drawn_of_a_run_that_was_cut_off(finished, folder):
    leave_unfinished(finished, folder, {"vessels/flow": 1, "niches/cells": 1})
    done = call("export", "cut.h5", "--vtk", "vtk", cwd=folder)
    assert done.returncode == 0 and "at 1 times" in done.stderr
    for name in ("fibers", "vessels", "niches", "neurons"):
        assert (folder / f"vtk/{name}.0.hdf").exists() and not (folder / f"vtk/{name}.1.hdf").exists()
        assert len(json.loads((folder / f"vtk/{name}.hdf.series").read_text())["files"]) == 1


@pytest.mark.parametrize("column", ["fibers/growth", "neurons/born", "neurons/stage", "fibers/cross_section"])
@pytest.mark.parametrize("status, cure", [("running", "let the same command go on"), ("complete", "damaged")])
def test_agents_that_are_not_there_are_missed(column, status, cure, finished, folder):
    leave_unfinished(finished, folder, {column: 10}, status)
    message = refused("export", "cut.h5", "--vtk", "vtk", cwd=folder, code=1)
    assert f"{column.split('/', maxsplit=1)[0]}/agent" in message and cure in message


@pytest.mark.parametrize("data, value", [("neurons/stage", 200), ("neurons/niche", 60000), ("vessels/kind", 99),
                                         ("vessels/path_to", 60000), ("fibers/cross_section", 0),
                                         ("fibers/growth", float("nan")), ("neurons/agents", 2**63)])
def test_numbers_that_cannot_be_are_refused(data, value, finished, folder):
    shutil.copy(finished.output, folder / "wrong.h5")
    with h5py.File(folder / "wrong.h5", "r+") as file:
        file[data][0] = min(value, numpy.iinfo(file[data].dtype).max) if file[data].dtype.kind in "iu" else value
    message = refused("export", "wrong.h5", "--vtk", "vtk", cwd=folder, code=1)
    assert data.split("/", maxsplit=1)[0] in message and "damaged" in message


def test_a_run_without_a_whole_snapshot_has_nothing_to_draw(finished, folder):
    leave_unfinished(finished, folder, {"niches/cells": 0})
    assert "no snapshot that is whole" in refused("export", "cut.h5", "--vtk", "vtk", cwd=folder, code=1)


def test_pandas_reads_a_table_without_further_ado(exported, finished):
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(exported / "csv/vessels.snapshot_cell.csv")
    with h5py.File(finished.output) as file:
        assert table.flow.dtype == "float64" and len(table) == file["vessels/flow"].size
        assert numpy.array_equal(table.flow.to_numpy().astype("f4").reshape(2, -1), file["vessels/flow"])
    cells = pandas.read_csv(exported / "csv/vessels.cell.csv")
    assert cells.diameter.isna().all() and cells.kind.iloc[0] == "veins"


def test_what_cannot_be_exported_is_refused(finished, folder):
    assert "missing.h5" in refused("export", "missing.h5", "--csv", "c", cwd=folder)
    assert "--vtk" in refused("export", finished.output, cwd=folder)
    assert "a folder each" in refused("export", finished.output, "--csv", "out", "--vtk", "./out/", cwd=folder)
    with h5py.File(folder / "other.h5", "w") as file:
        file["x"] = [1.0]
    assert "no results file" in refused("export", "other.h5", "--csv", "c", cwd=folder)
    assert "no results file" in refused("export", "short.toml", "--csv", "c", cwd=folder)
    assert "folder" in refused("export", ".", "--csv", "c", cwd=folder)
    assert "is a file" in refused("export", finished.output, "--csv", "short.toml", "--overwrite", cwd=folder)
    (folder / "cut.h5").write_bytes(finished.output.read_bytes()[:5000])
    assert "cut.h5" in refused("export", "cut.h5", "--csv", "c", cwd=folder, code=1)
    assert "create the folder" in refused("export", finished.output, "--csv", "a/b/c", cwd=folder, code=1)
    assert call("run", "short.toml", "--set", "output.snapshots=[]", "--until", "day -1 01:00", cwd=folder).returncode == 0
    message = refused("export", "short.h5", "--vtk", "v", "--csv", "c", cwd=folder)
    assert "no snapshots for --vtk" in message and "leave it out" in message


def test_a_run_that_has_not_come_to_its_end_is_found_by_its_name(finished, folder):
    shutil.copy(finished.output, folder / "out.h5.partial")
    done = call("export", "out.h5", "--csv", "c", cwd=folder)
    assert done.returncode == 0 and "taking out.h5.partial" in done.stderr
    assert (folder / "c/columns.csv").exists()


def test_a_graph_by_itself_has_tables_and_nothing_to_draw(folder):
    done = call("run", SOURCE / "configs/experiments/two_compartments.toml", "-o", "graph.h5", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "--csv" in refused("export", "graph.h5", "--vtk", "v", cwd=folder)
    assert call("export", "graph.h5", "--csv", "tables", cwd=folder).returncode == 0
    assert len(rows_of(folder / "tables/transport.time_cell.csv")) > 0
