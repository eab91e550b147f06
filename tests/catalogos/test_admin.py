"""The staff looks at the reference data and writes nothing."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from catalogos import models
from tests.personal.entrada import come_in

pytestmark = pytest.mark.django_db
MODELS = [getattr(models, name) for name in models.__all__]


@pytest.fixture
def staff(client):
    return come_in(client, User.objects.create_superuser("jefa", password="una"))


@pytest.mark.parametrize("model", MODELS)
def test_list_and_row_are_shown_and_nothing_is_offered_to_write(minimo, staff, model):
    name = model._meta.model_name
    listed = staff.get(f"/admin/catalogos/{name}/")
    assert listed.status_code == 200
    assert staff.get(f"/admin/catalogos/{name}/add/").status_code == 403
    row = staff.get(f"/admin/catalogos/{name}/{model.objects.first().pk}/change/")
    assert row.status_code == 200
    assert b'name="_save"' not in row.content
    assert b"selectable" not in row.content


@pytest.mark.parametrize("model", MODELS)
def test_list_takes_few_queries(minimo, staff, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        staff.get(f"/admin/catalogos/{model._meta.model_name}/")


def test_every_model_is_registered():
    assert all(admin.site.is_registered(model) for model in MODELS)
