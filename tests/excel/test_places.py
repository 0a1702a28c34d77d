"""The user's own folders, where the variables of the environment have lost them (addin.excel.output_places.mend)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from addin.excel import output_places


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile that Windows itself knows."""
    profile = tmp_path / "José 한국"
    known = {output_places.PROFILE: profile, output_places.LOCAL: profile / "AppData" / "Local"}
    monkeypatch.setattr(output_places, "known", known.get)
    return profile


def test_what_lay_below_the_lost_profile_lies_below_the_real_one(home: Path) -> None:
    (home / "AppData" / "Local" / "Temp").mkdir(parents=True)
    lost = str(home).replace("é", "?").replace("한국", "??")
    temp = str(Path("AppData", "Local", "Temp"))
    environ = {
        "USERPROFILE": lost,
        "TEMP": str(Path(lost.lower(), temp)),
        "TMP": str(Path(lost, temp)),
        "OneDrive": str(Path(lost, "OneDrive")),
    }
    environ["OTHER"] = f"{lost}1"
    output_places.mend(environ)
    assert environ == {
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "TEMP": str(home / temp),
        "TMP": str(home / temp),
        "OneDrive": str(home / "OneDrive"),
        "OTHER": f"{lost}1",
    }


def test_a_folder_for_temporary_files_that_is_there_stays(home: Path, tmp_path: Path) -> None:
    environ = {"USERPROFILE": str(home), "TEMP": str(tmp_path), "TMP": str(tmp_path / "absent")}
    output_places.mend(environ)
    assert environ["TEMP"] == str(tmp_path)
    assert environ["TMP"] == str(home / "AppData" / "Local" / "Temp")


def test_only_windows_knows_better_than_its_variables() -> None:
    environ = {"USERPROFILE": "x"}
    output_places.mend(environ)
    assert (environ == {"USERPROFILE": "x"}) == (sys.platform != "win32")
