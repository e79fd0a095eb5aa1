"""The browser that the tests drive. `python tests/chromium.py` installs it where it may, and prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The headless shell is the same browser without windows, which the tests do not look at, and takes less of the machine.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
PACKAGES = ("chromium-headless-shell", "chromium")
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
HELP = """\
The tests drive a browser, and neither Chromium nor Chrome was found here.
  Debian        sudo apt-get install chromium
  Ubuntu        sudo snap install chromium
  Fedora        sudo dnf install chromium
  macOS         brew install --cask google-chrome
  Windows       winget install Google.Chrome
Installed somewhere else: set CHROMIUM to the program's path."""


class NoBrowserError(Exception):
    """There is no browser here; the message says what to do."""


def find() -> str | None:
    """The path of Chromium or Chrome: CHROMIUM if it is set, or else one of the usual names and places."""
    if named := os.environ.get("CHROMIUM"):
        if path := shutil.which(named):
            return path
        raise NoBrowserError(f"CHROMIUM is set to {named}, which is not a program.")
    return next((path for name in (*NAMES, *PLACES) if (path := shutil.which(name))), None)


def may_install() -> list[str] | None:
    """What to write before apt-get; None where it is missing or would ask for a password."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "--non-interactive"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode == 0:
        return sudo
    return None


def ensure() -> str:
    """The path of the browser, which is installed first if need be and if nobody has to be asked."""
    if path := find():
        return path
    prefix = may_install()
    if prefix is None:
        raise NoBrowserError(HELP)
    print("Installing Chromium for the tests ...", file=sys.stderr)
    # sudo drops the environment, so the variable goes through env.
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]

    def run(*command: str) -> bool:
        done = subprocess.run([*prefix, *quiet, *command], check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        return done.returncode == 0

    if not run("apt-get", "update"):
        raise NoBrowserError(f"`apt-get update` failed.\n{HELP}")
    if not any(run(*INSTALL, package) for package in PACKAGES):
        raise NoBrowserError(f"`{' '.join(INSTALL)} {PACKAGES[-1]}` failed.\n{HELP}")
    # On Ubuntu the package can be an empty one that points to the snap.
    path = find()
    if path is None or subprocess.run([path, "--version"], check=False, capture_output=True).returncode != 0:
        raise NoBrowserError(HELP)
    return path


if __name__ == "__main__":
    try:
        sys.stdout.write(str(Path(ensure())))
    except NoBrowserError as error:
        sys.exit(str(error))
