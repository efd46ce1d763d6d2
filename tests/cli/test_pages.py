"""The pages that the program makes are what the configurations and the program say."""
import pytest

from conftest import SOURCE, call


@pytest.mark.parametrize("page, arguments", [
    ("ASSUMED.md", ("params", "--status", "assumed", "--markdown")),
    ("KEYS.md", ("check", SOURCE / "configs/experiments/laboratory.toml", "--keys")),
])
def test_a_generated_page_is_current(page, arguments, tmp_path):
    text = (SOURCE / "configs" / page).read_text(encoding="utf-8")
    table = call(*arguments, cwd=tmp_path).stdout
    assert table.strip() and text.endswith(table), "run tools/pages"


def test_the_page_of_the_results_format_is_current(tmp_path):
    done = call("run", SOURCE / "configs/experiments/laboratory.toml", "-o", "run.h5", "--until", "day -2 01:00", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = call("info", "run.h5", "--layout", cwd=tmp_path).stdout
    assert page.strip() and (SOURCE / "io/FORMAT.md").read_text(encoding="utf-8").endswith(page), "run tools/pages"
