"""The site of which the examples of the documents speak: each example is written into a copy of it."""

from __future__ import annotations

from docsite.external.lychee import Answer, Kind

# The guide, as far as the examples speak of it.
SITE = {
    "mkdocs.yml": """\
site_name: Integration guide
site_url: https://docs.example.com/
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: fr, name: Français}
""",
    "docs/en/index.md": "# Home\n",
    "docs/fr/index.md": "# Accueil\n",
    "docs/en/integration.md": """\
---
aliases:
  - /user_guide/getting_started/integration/
---

# Integration overview

## Step 1: they implement the Braze SDK
""",
    "docs/fr/integration.md": "# Aperçu de l’intégration\n\n## Étape\u00a01\u00a0: ils intègrent le SDK de Braze\n",
    "docs/en/glossary.md": "# Glossary\n",
    "docs/fr/glossary.md": "# Glossaire\n",
    "docs/_includes/five-steps.svg": "<svg></svg>\n",
    "docs/assets/images/logo.svg": "<svg></svg>\n",
    "docs/data/upstream.yml": """\
base:
  en: https://www.braze.com/docs
  fr: https://www.braze.com/docs/fr
pages:
  /api/api_key/: {}
  /user_guide/onboarding_with_braze/learning_to_use_braze/: {only: en}
  /developer_guide/platform_integration_guides/web/initial_sdk_setup/:
    anchors: {en: [initializing-the-sdk]}
moved:
  /user_guide/administrative/app_settings/developer_console/api_settings_tab/: /api/api_key/
""",
    # What was built of it: just enough to link to. The error page spares the others from being orphans.
    "site/index.html": '<html lang="en"></html>\n',
    "site/fr/index.html": '<html lang="fr"></html>\n',
    "site/integration/index.html": '<html lang="en"></html>\n',
    "site/fr/integration/index.html": '<html lang="fr"></html>\n',
    "site/example/index.html": '<html lang="en"></html>\n',
    "site/fr/example/index.html": '<html lang="fr"></html>\n',
    "site/assets/images/logo.svg": "<svg></svg>\n",
    "site/404.html": "".join(
        f'<a href="/{root}{page}/">{page}</a>\n' for root in ("", "fr/") for page in ("integration", "example")
    ),
}
# And what was published of it, `latest` being a symlink to 1.1.
PUBLISHED = {
    "versions.json": '[{"version": "1.1", "title": "1.1", "aliases": ["latest"]}, '
    '{"version": "1.0", "title": "1.0", "aliases": []}]\n',
    "index.html": '<a href="latest/">English</a>\n',
    **{
        f"{version}/{name}": text
        for version in ("1.0", "1.1")
        for name, text in {
            "index.html": '<html lang="en"></html>\n',
            "integration/index.html": '<html lang="en"><h1>Integration overview</h1></html>\n',
            "example/index.html": '<html lang="en"></html>\n',
            "404.html": f'<a href="/{version}/integration/">x</a> <a href="/{version}/example/">y</a>\n',
        }.items()
    },
}
# And what is outside of it.
ANSWERS = {
    "https://www.example.org/gone/": Answer(Kind.DEAD, "404 Not Found"),
    "https://www.example.org/old/": Answer(Kind.ALIVE, "", "https://www.example.org/new/"),
    "https://www.example.org/page/#setup": Answer(Kind.NO_ANCHOR, "no such anchor"),
}
