"""Composition root: the only package that knows all apps."""

from imss_portal.celery import app as celery_app

__all__ = ("celery_app",)
