"""Where a block can stand: the text around it, and the margin of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Container:
    """Lines that open a container, the margin of what stands in it, and lines that close it.

    Attributes:
        free: whether the margin may be narrower or wider than the container wants, as in list items.
    """

    opening: str = ""
    margin: str = ""
    closing: str = ""
    free: bool = False

    def around(self, body: str, margin: str | None = None) -> str:
        """The body inside, every line behind the margin."""
        given = self.margin if margin is None else margin
        lines = [f"{given}{line}".rstrip(" ") if line == "" else f"{given}{line}" for line in body.split("\n")]
        return "\n".join(part for part in (self.opening, "\n".join(lines), self.closing) if part)


TAB = "{% tabs %}\n{% tab One %}"
END_TAB = "{% endtab %}\n{% tab Two %}\nOther\n{% endtab %}\n{% endtabs %}"
CONTAINERS: Mapping[str, Container] = {
    "top": Container(free=True),
    "item": Container("- Lead", "  ", "- Next", free=True),
    "item-wide": Container("-   Lead", "    ", free=True),
    "item-tab": Container("- Lead", "\t"),
    "numbered": Container("1. Lead", "   ", "2. Next", free=True),
    "numbered-4": Container("1. Lead", "    ", "1. Next", free=True),
    "nested": Container("- Lead\n  - Inner", "    ", "- Next", free=True),
    "nested-4": Container("* Lead\n    * Inner", "        ", "* Next"),
    "nested-numbered": Container("1. Lead\n   - Inner", "     ", "2. Next", free=True),
    "quote": Container("", "> "),
    "quote-quote": Container("", "> > "),
    "quote-item": Container("> - Lead", ">   ", "> - Next"),
    "item-quote": Container("- Lead\n", "  > ", "- Next"),
    "alert": Container("{% alert note %}", "", "{% endalert %}"),
    "item-alert": Container("- Lead\n  {% alert note %}", "  ", "  {% endalert %}\n- Next"),
    "numbered-alert": Container("1. Lead\n\n    {% alert note %}", "    ", "    {% endalert %}\n\n2. Next"),
    "quote-alert": Container("> {% alert note %}", "> ", "> {% endalert %}"),
    "tab": Container(TAB, "", END_TAB),
    "item-tabs": Container(
        "- Lead\n\n  {% tabs %}\n  {% tab One %}", "  ", "  {% endtab %}\n  {% endtabs %}\n\n- Next"
    ),
    "tab-alert": Container(f"{TAB}\n{{% alert note %}}", "", f"{{% endalert %}}\n{END_TAB}"),
    "details": Container("{% details Title %}", "", "{% enddetails %}"),
    "item-details": Container("1. Lead\n   {% details Title %}", "   ", "   {% enddetails %}\n2. Next"),
    "api": Container("{% api %}", "", "{% endapi %}"),
    "definition": Container("Term\n: Lead", "  ", free=True),
    "footnote": Container("See the note[^c].\n\n[^c]: Lead", "    "),
    "html-md": Container('<div markdown="1">', "", "</div>"),
}
LEADING = frozenset(name for name, container in CONTAINERS.items() if not container.opening.endswith(("%}", "", ">")))
INLINE_PLACES: Mapping[str, str] = {
    "paragraph": "Lead {} tail.",
    "start": "{} tail.",
    "end": "Lead {}",
    "heading": "## Title {}",
    "setext": "Title {}\n---",
    "item": "- {}\n- Next",
    "quote": "> {}",
    "cell": "| A | B |\n|---|---|\n| {} | x |",
    "last-cell": "| A | {} |\n|---|---|\n| x | {} |",
    "alert": "{{% alert note %}} {} {{% endalert %}}",
    "alert-block": "{{% alert note %}}\n{}\n{{% endalert %}}",
    "details-title": "{{% details Title {} %}}\nBody\n{{% enddetails %}}",
    "strong": "**Lead {} tail**",
    "link": "[Lead {} tail](https://example.com/l)",
    "term": "{}\n: Body",
    "definition": "Term\n: {}",
    "footnote": "Text[^f].\n\n[^f]: {}",
    "html": "<div>{}</div>",
    "html-md": '<div markdown="1">\n{}\n</div>',
    "span": "<span>{}</span> tail",
}
