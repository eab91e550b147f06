#!/usr/bin/env python
"""Starts Django with imss_portal.settings."""

import os
import sys

# The owner of the tables migrates and flushes; everything else runs as the role that serves.
OWNER_COMMANDS = {"migrate", "flush", "sqlmigrate"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imss_portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["BASE_COMO"] = "dueno"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
