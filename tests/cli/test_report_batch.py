"""The page about a batch and about arms that differ in little: whose rows, whose settings it shows."""
import re

import h5py
from conftest import SHORT_EXPERIMENT, batch_of, call
from test_report import Page, assert_sound, report

SHARED = batch_of("Rest and running after one baseline", 1)
BODIES = batch_of("Subjects that differ, in parallel arms", 2, 'design = "parallel"\n', """
[subject.variation]
""")


def figure_titled(text, title):
    """The drawing of that title."""
    return re.search(rf"<svg[^>]*><title>{re.escape(title)}</title>.*?</svg>", text, re.S).group(0)


def table_captioned(text, caption):
    """The cells of the first table whose caption has these words, row by row, headings left out."""
    found = re.search(rf"<table[^>]*><caption[^>]*>[^<]*{caption}[^<]*</caption>.*?</table>", text, re.S).group(0)
    cells = [[Page(cell).words.strip() for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row, re.S)]
             for row in re.findall(r"<tr[^>]*>(.*?)</tr>", found.split("</thead>")[-1], re.S)]
    return [row for row in cells if row]


def test_the_instant_of_an_intervention_sets_arms_apart_and_the_name_of_a_piece_does_not(tmp_path):
    blocked = '\n[[intervention]]\nkind = "block"\nfactor = "bdnf"\nfrom = "{}"\n'
    for name, instant in (("early", "day 0"), ("late", "day 0 12:00")):
        text = SHORT_EXPERIMENT.replace("Two days, for tests", name) + blocked.format(instant)
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        done = call("run", f"{name}.toml", "--threads", 1, *(["--set", "schedule.use=\"sedentary\""] if name == "late" else []),
                    cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    apart = dict((row[0], row[1:]) for row in table_captioned(
        report("early.h5", "late.h5", "--reference", "early", cwd=tmp_path), "from the reference"))
    assert apart["intervention[0].from"] == ['"day 0 12:00"', '"day 0"']
    assert "schedule.from" not in apart and "title" not in apart


def test_what_subjects_differ_in_is_no_value_of_their_arm(tmp_path):
    (tmp_path / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (tmp_path / "batch.toml").write_text(BODIES, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=tmp_path).returncode == 0
    text = report("study", cwd=tmp_path)
    assert_sound(text)
    apart = [row[0] for row in table_captioned(text, "from the reference")]
    assert apart and all(key.startswith("schedule.") for key in apart)
    bodies = dict(table_captioned(text, "Subjects differ in"))
    assert bodies and all(words.startswith("varies between subjects") for words in bodies.values())
    assert " ml/min" in bodies["factor.bdnf.organism.mouse.clearance"]
    shown = re.findall(r"<tr[^>]*><t[hd][^>]*><code>([^<]*)</code></t[hd]><td[^>]*>([^<]*)</td><td[^>]*>[^<]*</td>"
                       r"<td[^>]*><span class=\"tag", text)
    assert shown and any(key in bodies for key, _ in shown)
    for key, value in shown:
        assert (key in bodies) == value.startswith("varies between subjects"), key


def test_a_baseline_that_arms_share_is_not_drawn_where_its_rows_are_not(tmp_path):
    (tmp_path / "short.toml").write_text(SHORT_EXPERIMENT.replace('"1 day"', '"3 days"'), encoding="utf-8")
    (tmp_path / "batch.toml").write_text(SHARED, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=tmp_path).returncode == 0
    with h5py.File(next((tmp_path / "study/runs").glob("*.h5"))) as file:
        assert file.attrs["begin"] == -3 * 86400 and 0 < file["blood/time"][0] <= 6 * 3600
    assert_sound(report("study", cwd=tmp_path))
    # A point for each of the three days that have rows, in each arm; none for the baseline.
    mood = figure_titled((tmp_path / "page.html").read_text(encoding="utf-8"), "Mood")
    lines = re.findall(r'<path class="ln[^"]*" d="([^"]*)"', mood)
    assert [len(re.findall("[ML]", line)) for line in lines] == [3, 3]
    assert not re.search(r">\u2212\d+</text>", mood.split("class=\"ax\" x1=\"52\" y1=\"34\"")[1])
