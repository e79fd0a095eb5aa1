"""Ids that links from outside may carry: those of the founding page, and those of the guide's first pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.config.settings import load_settings
from docsite.project.project import Project, load_project

ROOT = Path(__file__).resolve().parents[2]

TERMS = """
android api api-key api-triggered braze braze-firebrands canvas channel connected-content content-card custom-attribute
custom-data custom-event email fire-os implementation in-app-message ios news-feed push-notification rate-limit sdk
sdk-endpoint test-app web webhook workspace
"""
INTEGRATION = """
integration the-technical-side-of-the-integration-process step-1-they-implement-the-braze-sdk
step-2-they-implement-your-desired-messaging-channels step-3-they-set-up-your-data
step-4-they-customize-based-on-what-you-want step-5-you-both-qa-your-implementation after-implementation
"""
KEPT = {
    "en/index.md": "braze-integration-guide who-does-what the-five-steps where-to-go-next",
    "en/integration.md": INTEGRATION,
    "en/glossary.md": f"glossary terms names-that-are-never-translated {TERMS}",
    "fr/index.md": """
        braze-integration-guide guide-dintégration-de-braze who-does-what qui-fait-quoi the-five-steps les-cinq-étapes
        where-to-go-next pour-aller-plus-loin
    """,
    "fr/integration.md": f"""
        {INTEGRATION} intégration le-côté-technique-du-processus-dintégration
        étape-1-ils-intègrent-le-sdk-de-braze étape-1--ils-implémentent-le-braze-sdk
        étape-2-ils-mettent-en-œuvre-les-canaux-de-messagerie-souhaités
        étape-2--ils-implémentent-les-canaux-de-messagerie-désirés
        étape-3-ils-configurent-vos-données étape-3--ils-configurent-vos-données
        étape-4-ils-personnalisent-selon-vos-souhaits étape-4--ils-personnalisent-en-fonction-de-ce-que-vous-voulez
        étape-5-vous-testez-ensemble-votre-mise-en-œuvre étape-5--vous-êtes-tous-les-deux-qa-de-votre-implémentation
        après-la-mise-en-œuvre après-limplémentation
    """,
    "fr/glossary.md": f"""
        glossary glossaire terms termes names-that-are-never-translated noms-qui-ne-se-traduisent-pas {TERMS}
    """,
}


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(load_settings(ROOT / "mkdocs.yml"))


@pytest.mark.parametrize("page", KEPT)
def test_ids_are_kept(project: Project, page: str) -> None:
    assert set(KEPT[page].split()) - set(project.pages[f"docs/{page}"].ids) == set()
