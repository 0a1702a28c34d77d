# pyright: basic, reportMissingImports=false, reportAttributeAccessIssue=false
"""Runs under Debian's own Python: opens each workbook once and stores it in every form asked for."""

import json
import sys
from pathlib import Path

from tests.office.desk import XLSX, Office, save

FILTERS = {"xlsx": XLSX, "pdf": "calc_pdf_Export"}


def main(asked: str) -> None:
    request = json.loads(Path(asked).read_text("utf-8"))
    with Office(request["profile"]) as office:
        for workbook in request["workbooks"]:
            document = office.open(workbook)
            for form in request["forms"]:
                save(document, Path(request["folder"]) / f"{Path(workbook).stem}.{form}", FILTERS[form])
            document.close(True)


if __name__ == "__main__":
    main(sys.argv[1])
