"""The end of all: what comes next, and one question whose answer belongs to nobody."""

import uuid

from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comun import reloj
from tramites.enums import Facilidad
from tramites.models import Opinion
from tramites.pasos.paginas import see_other

BALLOT, THANKS = "papeleta", "opino"  # session: may answer once; has answered


class OpinionForm(forms.Form):
    facilidad = forms.ChoiceField(
        label="¿Qué tan fácil fue tu trámite?",
        choices=Facilidad.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Elige una respuesta.",
            "invalid_choice": "Elige una de las respuestas.",
        },
    )


def give_ballot(session: SessionBase) -> None:
    """Let the new, empty session of this browser answer once."""
    session[BALLOT] = str(uuid.uuid4())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fin(request: HttpRequest) -> HttpResponse:
    """Tell the next step; keep the answer of whoever has a ballot."""
    ballot = request.session.get(BALLOT)
    form = OpinionForm(request.POST if ballot and request.method == "POST" else None)
    if ballot and form.is_valid():
        _keep(ballot, form.cleaned_data["facilidad"])
        del request.session[BALLOT]
        request.session[THANKS] = True
    if request.method == "POST" and not form.errors:
        return see_other("fin")
    context = {
        "form": form if ballot else None,
        "gracias": request.session.get(THANKS, False),
        "seccion": "tramite",
    }
    return render(request, "pasos/fin.html", context)


def _keep(ballot: str, facilidad: str) -> None:
    """Keep one answer of a ballot; the second of a double click finds it there."""
    answer = Opinion(
        papeleta=uuid.UUID(ballot),
        facilidad=facilidad,
        dia=reloj.local_date(reloj.now()),
    )
    Opinion.objects.bulk_create([answer], ignore_conflicts=True)
