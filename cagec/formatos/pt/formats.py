"""How lists of the desk write days and hours: as the rest of the portal does."""

DATE_FORMAT = "d/m/Y"
DATETIME_FORMAT = "d/m/Y H:i"
