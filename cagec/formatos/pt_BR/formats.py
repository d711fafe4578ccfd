"""Days as the whole portal writes them, at the desk too (FORMAT_MODULE_PATH)."""

DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "d/m/Y H:i"
