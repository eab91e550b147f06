"""The steps of the staff's mails, as the worker knows them."""

from comun.personal import tasks  # noqa: F401 - registers the steps
