"""myoaxis params: the numbers of an experiment and where each comes from."""
import re
import tomllib

import pytest
from conftest import call, refused

STATUSES = {"verified", "derived", "recalled", "fitted", "assumed", "chosen"}


def markdown_rows(text):
    """Cells of the table's rows, without its heading."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def rows(*arguments, cwd):
    done = call("params", "--markdown", *arguments, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return markdown_rows(done.stdout)


def parameter_tables(node, key=""):
    """Keys and parameter tables of a resolved configuration."""
    if isinstance(node, dict) and "value" in node and "status" in node:
        yield key, node
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from parameter_tables(child, f"{key}.{name}" if key else name)
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from parameter_tables(child, f"{key}[{i}]")


def test_all_parameters_are_listed_once_with_a_known_status(tmp_path):
    found = rows(cwd=tmp_path)
    keys = [row[0] for row in found]
    assert len(keys) > 100 and len(set(keys)) == len(keys)
    assert {row[4] for row in found} <= STATUSES
    for key, value, extent, organism, status, source in found:
        assert value
        if status != "chosen":
            assert source and organism and extent


def test_the_table_says_what_the_configuration_says(folder):
    written = dict(parameter_tables(tomllib.loads(call("check", "short.toml", cwd=folder).stdout)))
    shown = {row[0]: row for row in rows("--experiment", "short.toml", cwd=folder) if row[4] != "chosen"}
    assert shown and set(shown) <= set(written)
    for key, (_, _, _, _, status, source) in shown.items():
        assert status == written[key]["status"]
        assert source.replace("\\|", "|") == " ".join(written[key]["source"].split("\n"))


def test_counts_by_status_follow_the_table(tmp_path):
    done = call("params", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    header, *_, last = done.stdout.splitlines()
    assert header.split() == ["key", "value", "range", "organism", "status", "source"]
    total, counts = re.fullmatch(r"(\d+) parameters: (.*)", last).groups()
    found = rows(cwd=tmp_path)
    assert int(total) == len(found)
    for count in counts.split(", "):
        number, status = count.split()
        assert int(number) == sum(row[4] == status for row in found)


def test_a_name_is_the_beginning_of_a_key_or_a_part_of_it(tmp_path):
    assert {row[0].split(".")[1] for row in rows("factor.bdnf", cwd=tmp_path)} == {"bdnf"}
    everywhere = rows("Clearance", cwd=tmp_path)
    assert everywhere and all("clearance" in row[0] for row in everywhere)
    assert len({row[0].split(".")[1] for row in everywhere}) > 1


def test_a_wrong_name_is_refused_with_a_guess(tmp_path):
    assert "'clearance'" in refused("params", "factor.bdnf.clearence", cwd=tmp_path)


def test_statuses_may_be_chosen(tmp_path):
    assert {row[4] for row in rows("--status", "assumed", cwd=tmp_path)} == {"assumed"}
    both = rows("--status", "assumed", "--status", "derived", cwd=tmp_path)
    assert {row[4] for row in both} == {"assumed", "derived"}
    assert "assumed" in refused("params", "--status", "guessed", cwd=tmp_path)
    # A status takes one word, so that a name may follow.
    assert {row[0].split(".")[0] for row in rows("--status", "assumed", "factor", cwd=tmp_path)} == {"factor"}


def test_experimenters_choices_have_no_source(folder):
    found = {row[0]: row for row in rows("--experiment", "short.toml", "--status", "chosen", cwd=folder)}
    assert found["schedule.duration"][1] == "1 day"
    assert found["schedule.duration"][2:4] == ["-", "-"]


def test_the_current_folder_does_not_hide_the_shipped_experiment(folder):
    (folder / "endurance.toml").write_text("broken", encoding="utf-8")
    assert rows(cwd=folder)


@pytest.mark.parametrize("text, mention", [(None, "missing.toml"), ("seed = ", "missing.toml:1")])
def test_an_experiment_that_cannot_be_used_is_refused(text, mention, tmp_path):
    if text is not None:
        (tmp_path / "missing.toml").write_text(text, encoding="utf-8")
    assert mention in refused("params", "--experiment", "missing.toml", cwd=tmp_path)


def test_help_tells_the_exit_codes(tmp_path):
    text = call("params", "--help", cwd=tmp_path).stdout
    assert "Example: myoaxis params " in text and "Exit codes: 0 " in text
