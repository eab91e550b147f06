#!/usr/bin/env python
"""Starts Django with imss_portal.settings."""

import os
import sys

# The owner of the tables migrates and flushes; everything else runs as the role that serves.
OWNER_COMMANDS = {"migrate", "flush", "sqlmigrate"}
OWNER_VERBS = (["llaves_datos", "rotar"], ["llaves_indice", "rotar"])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imss_portal.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS or sys.argv[1:3] in OWNER_VERBS:
        os.environ["BASE_COMO"] = "dueno"
    from imss_portal.demo import arranque

    if arranque.run_without_settings(command, sys.argv):
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
