"""Every example of the documentation runs."""
import re
import shutil
import subprocess
import sys

import pytest
from conftest import SOURCE

RECIPES = (SOURCE / "io/RECIPES.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", RECIPES, re.DOTALL)


def readme_example():
    """The interactive session of README.md, without its prompts."""
    text = (SOURCE / "README.md").read_text(encoding="utf-8")
    return "\n".join(line.strip()[4:] for line in text.splitlines() if line.strip().startswith(">>> "))


def python(code, folder):
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": str(SOURCE / "tools/python"), "PATH": "/usr/bin:/bin"})


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_python(number, results):
    done = python(blocks("python")[number], results.folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_readme(results, tmp_path):
    (tmp_path / "results").mkdir()
    for run in (results.endurance, results.sedentary):
        shutil.copy(run, tmp_path / "results")
    done = python(readme_example(), tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("number", range(len(blocks("r"))))
def test_r(number, results):
    code = blocks("r")[number]
    package = re.search(r"library\((\w+)\)", code).group(1)
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    if subprocess.run([rscript, "-e", f"library({package})"], capture_output=True, check=False).returncode != 0:
        pytest.skip(f"R's package {package} is not installed")
    done = subprocess.run([rscript, "-e", code], cwd=results.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_there_are_recipes():
    assert len(blocks("python")) >= 5 and len(blocks("r")) == 2 and len(blocks("matlab")) == 1
