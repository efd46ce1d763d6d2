"""Conditions of a subject: aged, sarcopenic, diabetic."""
import re

import pytest

from conftest import SHORT_EXPERIMENT, SOURCE, call, place, refused

CONDITIONS = sorted((path.parent.name, path.stem) for path in (SOURCE / "configs/conditions").glob("*/*.toml"))


def experiment(tmp_path, organism, conditions, more=""):
    """A few hours of cage life at a small size, with all factors."""
    text = SHORT_EXPERIMENT.replace('factors = ["bdnf", "il6", "lactate"]\n', f"conditions = {conditions}\n")
    text = text.replace('use = "mouse"', f'use = "{organism}"{more}').replace('"day 0", "end"', '"end"')
    text = text.replace('"1 day"\nduration = "1 day"\nuse = "endurance"', '"0 s"\nduration = "3 h"\nuse = "sedentary"')
    path = tmp_path / "e.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("organism, condition", CONDITIONS)
def test_each_condition_runs(organism, condition, tmp_path):
    path = experiment(tmp_path, organism, f'["{condition}"]')
    done = call("run", path, "-o", "out.h5", "--progress", "never", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_condition_changes_numbers_of_the_resolved_experiment_and_keeps_their_sources(tmp_path):
    young = call("check", experiment(tmp_path, "mouse", "[]"), cwd=tmp_path).stdout
    aged = call("check", experiment(tmp_path, "mouse", '["aged"]'), cwd=tmp_path).stdout
    assert 'applied_conditions = ["aged"]' in aged and "applied_conditions = []" in young
    assert "104 weeks" in aged and "104 weeks" not in young
    assert re.search(r"ScheferTalan1996", aged) and not re.search(r"ScheferTalan1996", young)


def test_what_an_experiment_says_wins_over_its_conditions(tmp_path):
    path = experiment(tmp_path, "mouse", '["aged"]', more='\nage = "99 weeks"')
    resolved = call("check", path, cwd=tmp_path).stdout
    assert "99 weeks" in resolved and "104 weeks" not in resolved


def test_an_unknown_condition_is_named_with_its_place_and_what_there_is(tmp_path):
    path = experiment(tmp_path, "rat", '["agde"]')
    message = refused("check", path, cwd=tmp_path)
    assert place(path, '"agde"') in message
    assert "did you mean 'aged'?" in message and "available: aged, sarcopenic, type2_diabetic" in message
