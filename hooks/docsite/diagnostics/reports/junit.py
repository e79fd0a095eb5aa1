"""For CI servers: JUnit XML, a test case a finding, or one passing case where nothing was found."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from docsite._util.printing import printable
from docsite.diagnostics.reports import Report
from docsite.diagnostics.rules import Severity


def render(report: Report) -> str:
    """One test suite."""
    suite = Element("testsuite", name="docsite", time=f"{report.summary.seconds:.3f}")
    failures = 0
    for finding in report.findings:
        location = finding.location
        case = SubElement(
            suite,
            "testcase",
            classname=printable(location.path),
            name=f"{finding.rule} {location.line}:{location.column}",
            file=printable(location.path),
            line=str(location.line),
        )
        text = printable(f"{finding.message}{finding.hint}{finding.in_pages}")
        if finding.severity is Severity.ERROR:
            failures += 1
            SubElement(case, "failure", message=text, type=finding.rule).text = f"{printable(str(location))}: {text}"
        else:
            SubElement(case, "system-out").text = f"{printable(str(location))}: warning: {text}"
    if not report.findings:
        SubElement(suite, "testcase", classname="docsite", name="no findings")
    suite.set("tests", str(max(1, len(report.findings))))
    suite.set("failures", str(failures))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suite, encoding="unicode") + "\n"
