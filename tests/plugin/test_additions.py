"""What a site adds to the dialect, by its settings and by a Python file."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite._util.errors import UsageError
from docsite.config.settings import load_settings
from docsite.diagnostics.findings import Finding
from docsite.markup import labels
from docsite.project.project import Project, load_project
from tests.markup import case

TAGS = """\
    liquid:
      tags:
        badge: '<span class="badge">{{ argument }}</span>'
        home: "[home]({{site.baseurl}}/)"
        step: |
          {% raw %}<div class="step" markdown="1">

          **{{ argument }}**

          {{ body }}

          </div>{% endraw %}
""".replace("{% raw %}", "").replace("{% endraw %}", "")
PYTHON = '''\
"""Tags of this site."""

def badge(argument, page):
    return f'<span class="badge">{argument or page["lang"]}</span>'

def step(argument, page):
    title, _, rest = argument.partition("|")
    return f"**{title.strip()}**\\n\\n", f"\\n\\n_{rest.strip()}_"

def broken(argument, page):
    return 1 / len(argument)

TAGS = {"badge": badge, "broken": broken}
BLOCKS = {"step": step}
FILTERS = {"shout": lambda value: str(value).upper(), "fails": lambda value: value.nothing}
VARIABLES = {"team": "docs"}
'''


def load(root: Path, settings: str, page: str, **files: str) -> Project:
    config = case.CONFIG[: case.CONFIG.index("extra:")] + f"extra:\n  docsite:\n{settings}"
    config_file = case.write(root, {"mkdocs.yml": config, case.PAGE: page, **files})
    return load_project(load_settings(config_file))


def markdown(project: Project) -> str:
    return project.pages[case.PAGE].markdown


def rules(findings: list[Finding]) -> list[str]:
    return [f"{f.location.line}:{f.location.column} {f.rule}" for f in findings]


def test_tags_by_template(tmp_path: Path) -> None:
    page = "# Page\n\nA {% badge New %}, {% home %}.\n\n{% step One *two* %}\n[x](other.md#part-two)\n{% endstep %}\n"
    project = load(tmp_path, TAGS, page)
    assert project.findings == []
    text = markdown(project)
    assert '<span class="badge">New</span>' in text
    assert "One" in text
    assert "{{" not in text
    assert "other.md#part-two" in text
    assert "index.md" in text, "links in templates are resolved, too"


def test_findings_in_the_body_of_a_block_have_their_place(tmp_path: Path) -> None:
    project = load(tmp_path, TAGS, "# Page\n\n{% step a %}\n[x](gone.md)\n{{ nope }}\n{% endstep %}\n\n{% step b %}\n")
    assert rules(project.findings) == ["4:5 link-missing-page", "5:4 liquid-unknown-variable", "8:4 liquid-unclosed"]


def test_tags_filters_and_variables_in_python(tmp_path: Path) -> None:
    page = (
        "# Page\n\n{% badge New %} {% badge %} {{ 'a' | shout }} {{ site.team }}\n\n"
        "{% step First | after %}\nInside {{ site.product }}.\n{% endstep %}\n"
    )
    settings = "    python: extra.py\n    site: {product: Acme}\n"
    project = load(tmp_path, settings, page, **{"extra.py": PYTHON})
    assert project.findings == []
    text = markdown(project)
    for wanted in ('class="badge">New<', 'class="badge">en<', "A docs", "First", "Inside Acme.", "after"):
        assert wanted in text, wanted


def test_code_that_fails_is_a_finding_at_the_tag(tmp_path: Path) -> None:
    page = "# Page\n\n{% broken %} {{ 'a' | fails }}\n"
    project = load(tmp_path, "    python: extra.py\n", page, **{"extra.py": PYTHON})
    assert rules(project.findings) == ["3:4 liquid-syntax", "3:14 liquid-syntax"]
    assert "broken" in str(project.findings[0])


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("TAGS = {\n", "extra.py:1: SyntaxError: "),
        ("x = 1\ny = 1 / 0\n", "extra.py:2: ZeroDivisionError: "),
        ("TAGS = ['badge']\n", "extra.py: TAGS must be a dictionary"),
        ("FILTERS = {'x': 1}\n", "extra.py: FILTERS must be a dictionary"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_clear_error(code: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        load(tmp_path, "    python: extra.py\n", "# Page\n", **{"extra.py": code})
    assert str(error.value).startswith(said)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"extra\.py: cannot be read"):
        load(tmp_path, "    python: extra.py\n", "# Page\n")


def test_a_jekyll_configuration_gives_variables(tmp_path: Path) -> None:
    jekyll = "title: Jekyll\nproduct: Old\nlimits: {calls: 250}\n"
    settings = "    site_file: _config.yml\n    site: {product: Acme}\n"
    page = "# Page\n\n{{ site.limits.calls }} of {{ site.product }}\n"
    project = load(tmp_path, settings, page, **{"_config.yml": jekyll})
    assert project.findings == []
    assert "250 of Acme" in markdown(project)
    with pytest.raises(UsageError, match=r"_config\.yml:2:1: "):
        load(tmp_path, settings, page, **{"_config.yml": "a: [\n"})


def test_the_folder_that_jekyll_served_from_breaks_no_link(tmp_path: Path) -> None:
    for settings, jekyll in (
        ("    site_file: _config.yml\n", "baseurl: /old\n"),
        ("    site_file: _config.yml\n", 'baseurl: ""\n'),
        ("    site: {baseurl: /old}\n", ""),
    ):
        project = load(tmp_path, settings, "# Page\n\n[here]({{site.baseurl}}/page/)\n", **{"_config.yml": jekyll})
        assert project.findings == []


def test_own_keys_of_front_matter(tmp_path: Path) -> None:
    settings = "    front_matter:\n      owner: string\n      level: {type: integer, minimum: 1}\n"
    page = "---\nowner: Ann\nlevel: 2\n---\n# Page\n"
    assert load(tmp_path, settings, page).findings == []
    wrong = load(tmp_path, settings, "---\nowner: 1\nlevel: 0\nownr: x\n---\n# Page\n").findings
    assert rules(wrong) == ["2:1 front-matter-type", "3:1 front-matter-type", "4:1 front-matter-unknown-key"]
    assert wrong[2].suggestion == "owner"


def test_a_key_whose_schema_is_none_is_an_error_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"mkdocs\.yml:\d+:\d+: .*owner"):
        load(tmp_path, "    front_matter:\n      owner: {type: nonsense}\n", "# Page\n")


def test_own_page_types(tmp_path: Path) -> None:
    settings = "    page_types:\n      howto: {en: How-to, fr: Guide pratique}\n"
    for value in ("howto", "How-to", "Guide pratique", "reference"):
        assert load(tmp_path, settings, f"---\npage_type: {value}\n---\n# Page\n").findings == []
    german = "    page_types:\n      howto: {de: Anleitung}\n"
    assert load(tmp_path, german, "---\npage_type: Anleitung\n---\n# Page\n").findings == []
    assert labels.translate_label({"de": "Anleitung"}, "fr") == "Anleitung"
    (wrong,) = load(tmp_path, settings, "---\npage_type: howt\n---\n# Page\n").findings
    assert (wrong.rule, wrong.suggestion) == ("front-matter-type", "howto")


def test_a_tag_must_not_bear_the_name_of_another(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="“if” already exists"):
        load(tmp_path, "    liquid: {tags: {if: x}}\n", "# Page\n")
