"""The platform: settings, mail, embedded services. It knows nothing of the domain."""

from cagec.celery import app as celery_app

__all__ = ["celery_app"]
