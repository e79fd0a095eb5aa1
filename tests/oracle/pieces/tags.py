"""The block tags of the site and of Liquid."""

from __future__ import annotations

TAGS = {
    "alert": "{% alert note %}\n@1\n{% endalert %}",
    "alert-inline": "{% alert tip %} @1 {% endalert %}",
    "alert-tight": "{% alert warning %}@1{% endalert %}",
    "alert-beside": "{% alert note %} @1\n@2 {% endalert %}",
    "alert-upper": "{% alert Important %}\n@1\n{% endalert %}",
    "alert-blank": "{% alert note %}\n\n@1\n\n@2\n\n{% endalert %}",
    "alert-list": "{% alert note %}\n@1\n- @2\n- @3\n{% endalert %}",
    "alert-list-first": "{% alert note %}\n- @1\n- @2\n{% endalert %}",
    "alert-ol": "{% alert note %}\n1. @1\n2. @2\n{% endalert %}",
    "alert-heading": "{% alert note %}\n### @1\n@2\n{% endalert %}",
    "alert-fence": "{% alert note %}\n```js\ncall();\n```\n{% endalert %}",
    "alert-code": "{% alert note %}\n\n    code = 1\n\n{% endalert %}",
    "alert-quote": "{% alert note %}\n> @1\n{% endalert %}",
    "alert-table": "{% alert note %}\n| A | B |\n|---|---|\n| @1 | @2 |\n{% endalert %}",
    "alert-html": "{% alert note %}\n<div>*@1*</div>\n{% endalert %}",
    "alert-indented": "{% alert note %}\n    @1\n{% endalert %}",
    "alert-alert": "{% alert note %}\n@1\n{% alert tip %}\n@2\n{% endalert %}\n{% endalert %}",
    "alert-twice": "{% alert note %}\n@1\n{% endalert %}\n{% alert tip %}\n@2\n{% endalert %}",
    "alert-inline-twice": "{% alert note %} @1 {% endalert %} {% alert tip %} @2 {% endalert %}",
    "alert-then-text": "{% alert note %}\n@1\n{% endalert %}\n@2",
    "alert-text-before": "@1\n{% alert note %}\n@2\n{% endalert %}",
    "alert-mid-line": "@1 {% alert note %} @2 {% endalert %} @3",
    "alert-empty": "{% alert note %}{% endalert %}",
    "tabs": "{% tabs %}\n{% tab One %}\n@1\n{% endtab %}\n{% tab Two %}\n@2\n{% endtab %}\n{% endtabs %}",
    "tabs-blank": (
        "{% tabs %}\n\n{% tab One %}\n\n@1\n\n{% endtab %}\n\n{% tab Two %}\n\n@2\n\n{% endtab %}\n\n{% endtabs %}"
    ),
    "tabs-indented": (
        "{% tabs %}\n  {% tab One %}\n  @1\n  {% endtab %}\n  {% tab Two %}\n  @2\n  {% endtab %}\n{% endtabs %}"
    ),
    "tabs-indented-4": "{% tabs %}\n    {% tab One %}\n    @1\n    {% endtab %}\n{% endtabs %}",
    "tabs-blocks": (
        "{% tabs %}\n{% tab One %}\n### @1\n1. @2\n   ```js\n   call();\n   ```\n2. @3\n{% endtab %}\n"
        "{% tab Two %}\n| A | B |\n|---|---|\n| @1 | @2 |\n{% endtab %}\n{% endtabs %}"
    ),
    "tabs-fence": "{% tabs %}\n{% tab One %}\n```js\ncall();\n```\n{% endtab %}\n{% endtabs %}",
    "tabs-one-line": "{% tabs %}{% tab One %}@1{% endtab %}{% endtabs %}",
    "tabs-title": '{% tabs %}\n{% tab `x` & "y" %}\n@1\n{% endtab %}\n{% endtabs %}',
    "tabs-alert": "{% tabs %}\n{% tab One %}\n{% alert note %}\n@1\n{% endalert %}\n{% endtab %}\n{% endtabs %}",
    "tabs-tabs": (
        "{% tabs %}\n{% tab One %}\n{% subtabs %}\n{% subtab In %}\n@1\n{% endsubtab %}\n{% endsubtabs %}\n"
        "{% endtab %}\n{% endtabs %}"
    ),
    "tabs-then-heading": "{% tabs %}\n{% tab One %}\n@1\n{% endtab %}\n{% endtabs %}\n\n## @2",
    "details": "{% details @1 %}\n@2\n{% enddetails %}",
    "details-blocks": "{% details Title %}\n@1\n\n- @2\n- @3\n\n```js\ncall();\n```\n{% enddetails %}",
    "details-details": "{% details Title %}\n{% details Inner %}\n@1\n{% enddetails %}\n{% enddetails %}",
    "details-title": "{% details Use `x` & *y* %}\n@1\n{% enddetails %}",
    "alert-same-heading": "{% alert note %}\n## Same\n{% endalert %}\n\n## Same",
    "details-text": "{% details Title %}\n@1\n{% enddetails %}\n@2",
    "api": "{% api %}\n## @1\n@2\n{% endapi %}",
    "api-list": "{% api %}\n@1\n- @2\n{% endapi %}",
    "if": "{% if true %}\n@1\n{% endif %}",
    "if-inline": "@1{% if true %} - @2{% endif %}",
    "if-list": "- @1\n{% if true %}\n- @2\n{% endif %}\n- @3",
    "for-list": "{% for n in (1..2) %}\n- Item {{ n }}\n{% endfor %}",
    "for-list-trimmed": "{% for n in (1..2) -%}\n- Item {{ n }}\n{% endfor %}",
    "include": '{% include note.md text="Hello" %}',
    "capture": "{% capture x %}\n- @1\n{% endcapture %}\n{{ x }}",
    "raw": "{% raw %}{{ x }}{% endraw %} @1",
    "baseurl": "[@1]({{site.baseurl}}/a/#b)",
    "alert-paragraph-list": "{% alert important %}\n@1\n\n1. @2\n2. @3\n\n@4\n{% endalert %}",
    "alert-fence-list": "{% alert note %}\n- @1\n  ```js\n  call();\n  ```\n- @2\n{% endalert %}",
    "alert-html-break": "{% alert note %}\n@1<br><br>@2\n{% endalert %}",
    "alert-footnote": "{% alert note %}\n@1[^n]\n{% endalert %}\n\n[^n]: @2",
    "alert-reference": "{% alert note %}\n[@1][guide]\n{% endalert %}\n\n[guide]: https://example.com/guide",
    "tabs-list-after": "- @1\n- @2\n{% tabs %}\n{% tab One %}\n@3\n{% endtab %}\n{% endtabs %}",
    "tabs-in-item": (
        "1. @1\n   {% tabs %}\n   {% tab One %}\n   ```js\n   call();\n   ```\n   {% endtab %}\n   {% endtabs %}\n2. @2"
    ),
    "tabs-details": "{% tabs %}\n{% tab One %}\n{% details Title %}\n@1\n{% enddetails %}\n{% endtab %}\n{% endtabs %}",
    "details-tabs": "{% details Title %}\n{% tabs %}\n{% tab One %}\n@1\n{% endtab %}\n{% endtabs %}\n{% enddetails %}",
    "details-list-after": "- @1\n{% details Title %}\n@2\n{% enddetails %}\n- @3",
    "details-table": "{% details Title %}\n| A | B |\n|---|---|\n| @1 | @2 |\n{% enddetails %}",
    "if-blocks": "{% if true %}\n## @1\n\n```js\ncall();\n```\n{% else %}\n@2\n{% endif %}",
    "raw-block": '{% raw %}\n```liquid\n{{ a | b: "c" }}\n```\n{% endraw %}',
    "assign": '{% assign x = "*a*" %}\n{{ x }} @1',
}
