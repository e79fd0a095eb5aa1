"""What the live preview shows while its site cannot be built. MkDocs alone would leave every request unanswered."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import MkDocsException

from docsite._util.catalog import translate
from docsite.plugin.build_log import log

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_SECONDS = 2
"""After which a browser asks again."""
_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="{seconds}">
<title>{title}</title>
<style>
  body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 60rem; padding: 0 1rem }}
  pre {{ background: #f6e4e4; color: #400; padding: 1rem; white-space: pre-wrap }}
</style>
<h1>{title}</h1>
<pre>{reasons}</pre>
<p>{hint}</p>
"""


def show_failures(server: LiveReloadServer) -> LiveReloadServer:
    """Let a preview answer with the reasons while the site cannot be built. Call in on_serve."""
    preview = _Preview(server.builder, server.get_app())
    server.builder = preview.build
    server.set_app(preview.answer)
    return server


class _Preview(logging.Handler):
    """Collects what MkDocs logs as errors during a build."""

    def __init__(self, builder: Callable[[], object], app: Any) -> None:
        super().__init__(logging.ERROR)
        self._builder = builder
        self._app = app
        self._reasons: list[str] = []
        self._page = b""

    def emit(self, record: logging.LogRecord) -> None:
        self._reasons.append(record.getMessage())

    def build(self) -> None:
        self._reasons = []
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        try:
            self._builder()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - of any plugin
            if not isinstance(error, MkDocsException):
                self._reasons.append(traceback.format_exc())
                log.error(traceback.format_exc())
            self._page = self._render([*self._reasons, str(error)])
            log.error("%s\n%s", error, translate("The build failed. The preview shows why, until it is fixed."))
        else:
            self._page = b""
        finally:
            logger.removeHandler(self)

    def _render(self, reasons: Iterable[str]) -> bytes:
        page = _PAGE.format(
            seconds=_SECONDS,
            title=escape(translate("The site cannot be built")),
            reasons=escape("\n".join(dict.fromkeys(reasons))),
            hint=escape(translate("This page goes away once that is fixed.")),
        )
        return page.encode()

    def answer(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if not self._page or environ["PATH_INFO"].startswith("/livereload/"):
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer
        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
        return [self._page]
