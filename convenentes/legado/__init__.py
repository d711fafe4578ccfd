"""Migration of the registry before this one (docs/legado.md)."""
