"""The schema's history, in SQL alone: no migration imports a model."""
