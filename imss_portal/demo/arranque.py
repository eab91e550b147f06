"""What manage.py must know of the demo before there are settings."""

from imss_portal.demo import entorno


def run_without_settings(command: str, argv: list[str]) -> bool:
    """Run `demo` and `recorrido`, which make their own environment; say if that was it.

    Any other command gets the environment of the demo that runs, if one does and
    the shell gives none: `manage.py verificar_constancia` needs no preparation.
    """
    if command == "demo":
        from imss_portal.management.commands.demo import Command as Demo

        Demo().run_from_argv(argv)
        return True
    if command == "recorrido":
        from imss_portal.management.commands.recorrido import Command as Recorrido

        Recorrido().run_from_argv(argv)
        return True
    entorno.adopt()
    return False
