"""Files in an S3-compatible storage, for more than one machine."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class ArmazenamentoS3(S3Storage):  # type: ignore[misc] # django-storages ships no types
    """Private objects, reached only through the portal's own permission check."""

    def get_default_settings(self) -> dict[str, Any]:
        """Settings that every S3-compatible server understands."""
        configuracao = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            response_checksum_validation="when_required",
            request_checksum_calculation="when_required",
        )
        return {
            **super().get_default_settings(),
            "client_config": configuracao,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "max_memory_size": 1024 * 1024,  # of a file that is read: the rest waits on disk
        }
