"""manage.py pase_escolar: a link that lets a whole school work behind one address."""

import secrets
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from comun import bitacora, reloj
from tramites.pases import LONGEST, NAME_MOST, TIMES, Pase


class Command(BaseCommand):
    help = (
        "Hace la liga de un pase escolar: un grupo entero puede trabajar desde una sola conexión."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("escuela", help="Nombre de la escuela, como lo leerá el grupo.")
        parser.add_argument("--horas", type=int, default=8, help="Cuánto sirve (8 si no se dice).")

    def handle(self, *args: Any, **options: Any) -> None:
        escuela = " ".join(options["escuela"].split())
        if not escuela or len(escuela) > NAME_MOST or not escuela.isprintable():
            raise CommandError(f"El nombre de la escuela va de 1 a {NAME_MOST} letras.")
        lasts = timedelta(hours=options["horas"])
        if not timedelta() < lasts <= LONGEST:
            raise CommandError(f"--horas va de 1 a {LONGEST.days * 24}.")
        now = reloj.now()
        pase = Pase(secrets.token_hex(6), escuela, now + lasts)
        address = reverse("tramites:pase", args=(pase.signed(),))
        bitacora.append(accion="pase.creado", objeto=f"pase:{pase.clave}", now=now)
        until = timezone.localtime(pase.hasta)
        self.stdout.write(f"Pase:  {pase.clave} ({escuela})")
        self.stdout.write(f"Hasta: {until:%d/%m/%Y %H:%M}")
        self.stdout.write(f"Liga:  {settings.URL_PORTAL}{address}")
        self.stdout.write(
            f"Ábrala en cada equipo del grupo: permite {TIMES} veces más formularios por conexión."
        )
